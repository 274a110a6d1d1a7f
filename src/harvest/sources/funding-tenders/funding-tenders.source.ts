import { z } from 'zod';
import { ShapeError } from '../../../kernel/errors.js';
import { defineSource, type ParsedPage, type RawDocument } from '../../domain/source.js';
import { readJson, SearchAnswer } from '../_kit/portal/row.js';
import { programmesIn } from './topic-facts.js';
import { readRow } from './parse-row.js';
import { isCount, ordersIn, planDetails, planQuickCheck, planScan, totalsIn } from './plan-scan.js';
import { checks } from './checks/checks.js';
import { parseList } from './parse-list.js';
import { parsePartners, planPartners } from './partners.js';

const Id = z.union([z.number(), z.string()]).transform(String);
const Named = z.looseObject({ id: Id });
const Words = z.array(z.string()).nullish();
const Html = z.string().nullish();

const Action = z.looseObject({
  status: z.looseObject({ id: Id }),
  plannedOpeningDate: z.union([z.string(), z.number()]).nullish(),
  deadlineDates: z.array(z.union([z.string(), z.number()])).nullish(),
});

/** The fields read of a topic's own file: `…/data/topicDetails/<identifier in small letters>.json`. */
const Details = z.looseObject({
  ccm2Id: z.union([z.number().int().positive().transform(String), z.string().regex(/^\d{1,15}$/)]),
  identifier: z.string().min(1),
  title: z.string().min(1),
  callIdentifier: Html,
  callTitle: Html,
  description: Html,
  conditions: Html,
  destinationDescription: Html,
  destinationDetails: Html,
  missionDescription: Html,
  missionDetails: Html,
  frameworkProgramme: Named.nullish(),
  programmeDivision: z.array(Named).nullish(),
  keywords: Words,
  tags: Words,
  crossCuttingPriorities: Words,
  actions: z.array(Action).min(1),
  allowPartnerSearch: z.boolean().nullish(),
  budgetOverviewJSONItem: z.unknown(),
  latestInfos: z.unknown(),
  links: z.unknown(),
});

const list = (value: string | null | undefined): string[] => (value ? [value] : []);
const json = (value: unknown): string[] =>
  value === null || value === undefined ? [] : [JSON.stringify(value)];

/**
 * Converts a topic's own file to the form of its search row, so that both are read by the same rules. Its
 * reference is the one in the search: the topic's number, and the language. Throws ShapeError if it is not in
 * the known form.
 */
function detailsRow(details: unknown): unknown {
  const read = Details.safeParse(details);
  if (!read.success)
    throw new ShapeError(`the topic's own file changed shape: ${z.prettifyError(read.error)}`, read.error);
  const d = read.data;
  const deadlines = [...new Set(d.actions.flatMap((a) => a.deadlineDates ?? []).map(String))];
  return {
    reference: `${d.ccm2Id}TOPICSen`,
    language: 'en',
    metadata: {
      identifier: [d.identifier],
      title: [d.title],
      callIdentifier: list(d.callIdentifier),
      callTitle: list(d.callTitle),
      type: ['1'],
      DATASOURCE: ['SEDIA'],
      status: [d.actions[0]!.status.id],
      actions: json(
        d.actions.map((a) => ({
          ...a,
          plannedOpeningDate:
            typeof a.plannedOpeningDate !== 'string' && typeof a.plannedOpeningDate !== 'number'
              ? null
              : String(a.plannedOpeningDate),
        })),
      ),
      deadlineDate: deadlines,
      frameworkProgramme: list(d.frameworkProgramme?.id),
      programmeDivision: (d.programmeDivision ?? []).map((p) => p.id),
      destinationDescription: list(d.destinationDescription),
      missionDescription: list(d.missionDescription ?? d.missionDetails),
      descriptionByte: list(d.description),
      topicConditions: list(d.conditions),
      keywords: d.keywords ?? [],
      tags: d.tags ?? [],
      crossCuttingPriorities: d.crossCuttingPriorities ?? [],
      budgetOverview: json(d.budgetOverviewJSONItem),
      latestInfos: json(d.latestInfos),
      links: json(d.links),
      allowPartnerSearch: typeof d.allowPartnerSearch === 'boolean' ? [String(d.allowPartnerSearch)] : [],
    },
  };
}

const PageDetails = z.object({ TopicDetails: z.unknown() });

/** Returns what identifies an unreadable row: there is one row per language. */
function nameOf(row: unknown): { reference: string | null; language?: string } {
  const text = (field: string): string | undefined =>
    z.object({ [field]: z.string() }).safeParse(row).data?.[field];
  const language = text('language');
  return { reference: text('reference') ?? null, ...(language !== undefined && { language }) };
}

function pageOf(rows: unknown[], total: number | null): ParsedPage {
  const [leftOut, notes]: [NonNullable<ParsedPage['leftOut']>, NonNullable<ParsedPage['notes']>] = [[], []];
  const page: ParsedPage = { total, calls: [], unread: [], leftOut, links: [] };
  for (const row of rows) {
    const read = readRow(row);
    if ('call' in read) page.calls.push(read.call);
    if ('notes' in read) notes.push(...read.notes);
    if ('leftOut' in read) leftOut.push(read.leftOut);
    if ('why' in read) page.unread.push({ ...nameOf(row), why: read.why });
  }
  return notes.length ? { ...page, notes } : page;
}

function searchPage(answer: unknown): ParsedPage {
  const read = SearchAnswer.safeParse(answer);
  if (!read.success)
    throw new ShapeError(`the portal's answer changed shape: ${z.prettifyError(read.error)}`, read.error);
  const { totalResults, results } = read.data;
  const page = pageOf(results, totalResults);
  if (page.unread.length > 1 && page.unread.length === results.length) {
    throw new ShapeError(
      `the portal's rows changed shape, none of ${results.length} could be read: ${page.unread[0]!.why}`,
    );
  }
  // Only the newest notes are requested: their total says nothing about what should be seen.
  return page.notes?.length && !page.calls.length ? { ...page, total: null } : page;
}

/** Parses a topic's own file like the row that the search would have for it. */
function detailsPage(details: unknown): ParsedPage {
  const page = pageOf([detailsRow(details)], null);
  if (page.unread.length) throw new ShapeError(`the topic's own file changed shape: ${page.unread[0]!.why}`);
  return page;
}

/**
 * Parses a page of search results, a topic's own file, or the names of programmes. Throws ShapeError if it,
 * or every row of it, is not in the known form.
 */
function parsePage(document: RawDocument): ParsedPage {
  const answer = readJson(document);
  const names = programmesIn(answer);
  if (names) return { total: null, calls: [], unread: [], links: [], programmes: names };
  const details = PageDetails.safeParse(answer);
  if (details.success && details.data.TopicDetails !== undefined)
    return detailsPage(details.data.TopicDetails);
  const page = searchPage(answer);
  // The row that comes with a count is arbitrary and may differ next time: two quick checks would disagree on
  // it.
  return isCount(document) ? { total: page.total, calls: [], unread: [], links: [] } : page;
}

/** The EU Funding & Tenders Portal: every forthcoming and open grant, cascade call and external action. */
export const source = defineSource({
  id: 'funding-tenders',
  name: 'EU Funding & Tenders Portal',
  homepage:
    'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/calls-for-proposals',
  origin: 'https://api.tech.ec.europa.eu',
  everyHours: 6,
  requestsPerMinute: 120,
  coverage: 'full',
  expectsAtLeast: 300,
  quietAfterDays: 10,
  plan: planScan,
  quickCheck: planQuickCheck,
  partnerSearches: { everyHours: 24, mostRequests: 120, plan: planPartners, parse: parsePartners },
  describe: ordersIn,
  totals: totalsIn,
  parse: parsePage,
  list: {
    origin: 'https://ec.europa.eu',
    path: '/info/funding-tenders/opportunities/data/referenceData/grantsTenders.json',
    everyHours: 24,
    details: planDetails,
    parse: parseList,
  },
  checks,
});
