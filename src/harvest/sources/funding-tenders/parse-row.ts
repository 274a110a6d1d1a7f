import { z } from 'zod';
import { brusselsClock } from '../../../kernel/brussels.js';
import { cascadePage, topicPage } from '../../../calls/domain/page/outside-pages.js';
import { CallDocument, type ParsedCall, type Section } from '../../../calls/domain/parsed-call.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { datesIn } from '../_kit/dates.js';
import { htmlToText } from '../_kit/html-text.js';
import { Action, actionFacts } from './actions.js';
import { amountOf, ofCascade, ofExternalAction } from './beside-grants.js';
import { unglued } from './glued-lines.js';
import { budgetOf } from './parse-budget.js';
import { portalDate } from '../_kit/portal/portal-date.js';
import { programmeOf } from './programmes.js';
import { Fields, type Row } from '../_kit/portal/row.js';
import { isTopicKind, sectionsOf } from './topic-sections.js';

const KINDS: Record<string, ParsedCall['kind']> = { '1': 'grant', '2': 'external-action', '8': 'cascade' };
// 31094501 is forthcoming and 31094502 open; several public scrapers confuse the two.
const STATUSES: Record<string, ParsedCall['sourceStatus']> = {
  '31094501': 'forthcoming',
  '31094502': 'open',
  '31094503': 'closed',
};

const PORTAL = 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities';

const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

/**
 * Some rows link to their data file, which is no page for users, and those of cascade calls to their parent's
 * number.
 */
function pageOf(fields: Fields, kind: ParsedCall['kind'], reference: string): string | null {
  const [url, identifier, number] = [
    fields.first('url'),
    fields.first('identifier'),
    fields.first('callccm2Id'),
  ];
  const leadsToParent = url === undefined || url.includes('/opportunities/');
  if (kind === 'cascade' && number && leadsToParent) return cascadePage(number);
  if (url && isWebAddress(url) && !url.includes('/opportunities/data/')) return url;
  if (kind === 'grant' && identifier) return topicPage(identifier);
  return kind === 'external-action' ? `${PORTAL}/prospect-details/${encodeURIComponent(reference)}` : null;
}

/**
 * The portal writes a deadline without a time as midnight UTC. A cascade call's time is local, written as if
 * it were UTC: nearly all say 17:00 or 23:59, in summer and winter alike. It is taken as Brussels time, as in
 * the programmes' rules; as an instant it would give users two hours too many.
 */
function deadline(text: string, kind: ParsedCall['kind']): ParsedCall['deadlines'][number] {
  const at = portalDate(text);
  const timeTold = !at.endsWith('T00:00:00.000Z');
  return { at: kind === 'cascade' && timeTold ? brusselsClock(at) : at, timeTold };
}

/** "Deadline for submitting applications: 17 September 2026, 17:00 (Brussels time)". */
const ABOUT_DEADLINE = /\b(?:deadline|submi(?:t|ssion))/i;

/**
 * Completes deadlines of which the portal's field gives only the day: some topics state the time of that day
 * in their text, where people read it.
 */
function withStatedTimes({ deadlines, sections, ...call }: ParsedCall): ParsedCall {
  if (deadlines.every((d) => d.timeTold)) return { deadlines, sections, ...call };
  const stated = sections
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => ABOUT_DEADLINE.test(line))
    .flatMap(datesIn);
  const timeOf = ({ at, timeTold }: ParsedCall['deadlines'][number]) =>
    timeTold ? undefined : stated.find((date) => date.timeTold && date.day === at.slice(0, 10));
  return {
    ...call,
    sections,
    deadlines: deadlines.map((deadline) => {
      const time = timeOf(deadline);
      return time ? { at: time.at, timeTold: true } : deadline;
    }),
  };
}

const textOf = (html: string): string => unglued(htmlToText(html, isTopicKind));

function sections(fields: Fields): Section[] {
  const under = (field: string, kind: Section['kind'], title: string): Section[] => {
    const html = fields.first(field);
    return html ? [{ kind, title, text: textOf(html) }] : [];
  };
  const description = fields.first('descriptionByte') ?? fields.first('description');
  return [
    ...(description ? sectionsOf(description) : []),
    ...under('topicConditions', 'conditions', 'Conditions'),
    // For cascade calls: how to apply, and how applications are handled.
    ...under('furtherInformation', 'other', 'Further information'),
    ...under('beneficiaryAdministration', 'other', 'Application and evaluation'),
  ];
}

function known<T>(table: Record<string, T>, value: string | undefined, field: string): T {
  const found = value !== undefined && Object.hasOwn(table, value) ? table[value] : undefined;
  if (found === undefined)
    throw new Error(`${field} is ${value === undefined ? 'missing' : `"${value}", which is not known`}`);
  return found;
}

const Link = z.looseObject({
  name: z.string().nullish(),
  title: z.string().nullish(),
  url: z.string().nullish(),
});

/**
 * Returns the documents that a row links to. Entries without a name and an address are skipped; the call is
 * kept.
 */
function documentsOf(links: unknown): CallDocument[] {
  const list = z.array(z.unknown()).safeParse(links);
  return (list.data ?? []).flatMap((link) => {
    const { data } = Link.safeParse(link);
    const document = CallDocument.safeParse({
      title: foldLine(data?.title ?? data?.name ?? ''),
      url: data?.url,
    });
    return document.success && isWebAddress(document.data.url) ? [document.data] : [];
  });
}

/** Returns the JSON value of an optional field: an unreadable one counts as not stated. */
function optionalJson(fields: Fields, field: string): unknown {
  try {
    return fields.json(field, z.unknown());
  } catch {
    return undefined;
  }
}

/** Returns the additional fields in a topic's row, as far as stated. */
function ofTopic(fields: Fields, actions: Action[]): Partial<ParsedCall> {
  const documents = documentsOf(optionalJson(fields, 'links'));
  const mission = foldLine(
    htmlToText(fields.first('missionDescription') ?? fields.first('missionDetails') ?? ''),
  );
  const [crossCutting, search] = [fields.words('crossCuttingPriorities'), fields.first('allowPartnerSearch')];
  const { lumpSum } = actionFacts(actions);
  return {
    ...(lumpSum !== null && { lumpSum }),
    ...(mission && { mission }),
    ...(crossCutting.length > 0 && { crossCutting }),
    ...(documents.length > 0 && { documents }),
    ...((search === 'true' || search === 'false') && { partnerSearch: search === 'true' }),
  };
}

/**
 * Converts a row to a call. Throws an error that names the field if something essential is missing or
 * unknown.
 */
export function parseRow(row: Row): ParsedCall {
  const fields = new Fields(row.metadata);
  const actions = fields.json('actions', z.array(Action)) ?? [];
  const kind = known(KINDS, fields.first('type'), 'type');
  const identifier = fields.first('identifier') ?? null;
  const facts = actionFacts(actions);
  const opens = facts.opensAt ?? fields.first('startDate');
  const overview = fields.first('budgetOverview');
  const types = fields.all('typesOfAction').length ? fields.all('typesOfAction') : facts.typesOfAction;
  const title = foldLine(fields.first('title') ?? '');
  if (!title) throw new Error('title is missing');
  const keywords = [...fields.words('keywords'), ...fields.words('tags')].filter(
    (k) => k !== identifier && k !== fields.first('callIdentifier'),
  );
  const base: ParsedCall = {
    dataSource: fields.first('DATASOURCE') ?? 'SEDIA',
    reference: row.reference,
    language: row.language,
    title,
    kind,
    identifier,
    callIdentifier: fields.first('callIdentifier') ?? null,
    callTitle: fields.first('callTitle') ?? null,
    programme: fields.first('frameworkProgramme') ? programmeOf(fields.first('frameworkProgramme')!) : null,
    divisions: fields.all('programmeDivision'),
    typesOfAction: types,
    sourceStatus: known(STATUSES, fields.first('status'), 'status'),
    opensAt: opens ? portalDate(opens) : null,
    deadlineModel: facts.deadlineModel(fields.first('deadlineModel')),
    deadlines: fields.all('deadlineDate').map((d) => deadline(d, kind)),
    budget: overview && identifier && kind === 'grant' ? budgetOf(overview, identifier) : null,
    destination: fields.first('destinationDescription') ?? null,
    keywords,
    sections: sections(fields),
    url: pageOf(fields, kind, row.reference),
    alsoAt: [],
  };
  if (kind === 'cascade') return { ...base, budget: amountOf(fields), ...ofCascade(base, fields) };
  if (kind === 'external-action') return { ...base, budget: amountOf(fields), ...ofExternalAction(fields) };
  return withStatedTimes({ ...base, ...ofTopic(fields, actions) });
}
