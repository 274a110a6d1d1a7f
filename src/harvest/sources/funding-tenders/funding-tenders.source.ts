import { z } from 'zod';
import { JSONParser } from '@streamparser/json';
import { storableJson } from '../../../kernel/storable.js';
import { nextTurn, type Steps } from '../../../kernel/time-slices.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { ListedTopic, type ParsedList } from '../../domain/list.js';
import { PortalMs, readJson, SearchAnswer, whyUnread } from '../_kit/portal/row.js';
import { notesOf, programmesIn } from './topic-facts.js';
import { CarnotError, ShapeError } from '../../../kernel/errors.js';
import { defineSource, type ParsedPage, type RawDocument } from '../../domain/source.js';
import { readRow } from './parse-row.js';
import { isCount, ordersIn, planDetails, planQuickCheck, planScan, totalsIn } from './plan-scan.js';
import { checks } from './checks/checks.js';
import { parsePartners, planPartners } from './partners.js';

/** The Commission's own tenders have type 0. */
const TOPIC = 1;
const Item = z.object({ type: z.number().int() });
const WithStatus = z.object({ status: z.object({ abbreviation: z.string() }) });

const STATUSES: Record<string, ListedTopic['status'] | 'closed'> = {
  Forthcoming: 'forthcoming',
  Open: 'open',
  Closed: 'closed',
};

const Numbered = z.object({
  ccm2Id: z.union([z.number().int().positive().transform(String), z.string().regex(/^\d{1,15}$/)]),
});

const Topic = Numbered.extend({
  identifier: z.string().trim().min(1),
  title: z.string().transform(foldLine).pipe(z.string().min(1)),
  // An invalid publication date does not invalidate a topic.
  publicationDateLong: PortalMs.nullish().catch(null),
  plannedOpeningDateLong: PortalMs.nullish(),
  deadlineDatesLong: z.array(PortalMs).nullish(),
  latestInfos: z.array(z.unknown()).nullish(),
});

/**
 * The result of reading an item. `unclear`: it does not state whether it is a living topic; `unread`: it is,
 * or may be, with an unknown status.
 */
type ReadItem =
  | { is: 'other' | 'closed' }
  | { is: 'living'; topic: ListedTopic; unreadNotes: string[] }
  | { is: 'unclear'; why: string }
  | { is: 'unread'; why: string };

const instant = (ms: number): string => new Date(ms).toISOString();
const instantOrNone = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : instant(ms);

const referenceOf = (number: string): string => `${number}TOPICSen`;

/** Returns the key of an item in the search; null if its number cannot be read. */
function itemReference(item: unknown): string | null {
  const read = Numbered.safeParse(item);
  return read.success ? referenceOf(read.data.ccm2Id) : null;
}

function living(item: unknown, status: ListedTopic['status']): ReadItem {
  const {
    ccm2Id: number,
    identifier,
    title,
    publicationDateLong,
    plannedOpeningDateLong,
    deadlineDatesLong,
    latestInfos,
  } = Topic.parse(storableJson(JSON.stringify(item)));
  const { notes, unread: unreadNotes } = notesOf(latestInfos ?? [], identifier);
  const [publishedAt, opensAt] = [instantOrNone(publicationDateLong), instantOrNone(plannedOpeningDateLong)];
  const topic = {
    reference: referenceOf(number),
    number,
    identifier,
    title,
    status,
    publishedAt,
    opensAt,
    deadlines: (deadlineDatesLong ?? []).map(instant),
    notes,
  };
  return { is: 'living', topic: ListedTopic.parse(topic), unreadNotes };
}

/** Reads an item of the portal's list. For closed topics and other items only that fact is returned. */
function readItem(item: unknown): ReadItem {
  const kind = Item.safeParse(item);
  if (!kind.success) return { is: 'unclear', why: whyUnread(kind.error) };
  if (kind.data.type !== TOPIC) return { is: 'other' };
  const told = WithStatus.safeParse(item);
  if (!told.success) return { is: 'unclear', why: whyUnread(told.error) };
  const { abbreviation } = told.data.status;
  const status = Object.hasOwn(STATUSES, abbreviation) ? STATUSES[abbreviation] : undefined;
  if (status === undefined) return { is: 'unread', why: `status is "${abbreviation}", which is not known` };
  if (status === 'closed') return { is: 'closed' };
  try {
    return living(item, status);
  } catch (error) {
    return { is: 'unread', why: whyUnread(error) };
  }
}

/** Bytes parsed before others get their turn: a few milliseconds of work. */
const PIECE = 65_536;

const ITEMS = '$.fundingData.GrantTenderObj.*';

/** Up to this many unreadable items are accidents, however small the list is. */
const FEW = 3;
/** A larger unreadable share of the possibly living items means a changed form. */
const MOST_UNREAD = 0.05;
/**
 * A larger share of all items that do not state what they are means the same. Separate from the other limit,
 * since nearly all items are closed and of no interest.
 */
const MOST_UNCLEAR = 0.01;

const [LESS_THAN, BYTE_ORDER_MARK, BLANKS] = [0x3c, [0xef, 0xbb, 0xbf], [0x20, 0x09, 0x0a, 0x0d]];
const isAhead = (byte: number): boolean => BLANKS.includes(byte) || BYTE_ORDER_MARK.includes(byte);

/** Yields pieces small enough not to block others, each in a turn of its own. */
async function* pieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      yield chunk.subarray(at, at + PIECE);
      await nextTurn();
    }
  }
}

/** Returns a function that throws if the first byte of the document shows that it is a page. */
function pageWatch(): (piece: Uint8Array) => void {
  let begun = false;
  return (piece) => {
    const first = begun ? undefined : piece.find((byte) => !isAhead(byte));
    if (first === LESS_THAN)
      throw new CarnotError(
        'Challenge',
        'the portal answered with a page for a browser instead of its list',
        'later',
      );
    begun ||= first !== undefined;
  };
}

const truncated = (cause?: unknown): CarnotError =>
  new CarnotError('Truncated', 'the list is cut off: it is not whole JSON', 'later', { cause });

/** Yields the items; only one piece of the document, and the item it ends in, are held in memory. */
async function* itemsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const parser = new JSONParser({ paths: [ITEMS], keepStack: false });
  let ready: unknown[] = [];
  // A non-numeric key belongs to an object, which is no list.
  parser.onValue = ({ value, key }) => {
    if (typeof key === 'number') ready.push(value);
  };
  const watch = pageWatch();
  for await (const piece of pieces(chunks)) {
    watch(piece);
    try {
      parser.write(piece);
    } catch (cause) {
      throw truncated(cause);
    }
    yield* ready;
    ready = [];
  }
  if (!parser.isEnded) throw truncated();
}

/**
 * `unclear`: items that do not state whether they are living. `odd`: those that are, or may be, and are not
 * fully in the known form.
 */
interface Counted extends ParsedList {
  unclear: number;
  odd: number;
}

function count(list: Counted, item: unknown, known: Set<string>): void {
  const read = readItem(item);
  const reference = itemReference(item);
  const unread = (...whys: string[]): void => {
    list.unread.push(...whys.map((why) => ({ reference, why })));
  };
  list.items += 1;
  if (read.is === 'unclear') {
    list.unclear += 1;
    return unread(read.why);
  }
  if (read.is !== 'other') list.topics += 1;
  if (read.is === 'unread') {
    list.odd += 1;
    return unread(read.why);
  }
  if (read.is !== 'living') return;
  if (known.has(read.topic.reference)) return unread('its number stands in the list once more');
  known.add(read.topic.reference);
  list.living.push(read.topic);
  if (read.unreadNotes.length) list.odd += 1;
  unread(...read.unreadNotes);
}

function doubtOf({ items, topics, living, unread, unclear, odd }: Counted): string | null {
  if (!items) return 'there is no list fundingData.GrantTenderObj, or nothing in it';
  const most = (share: number, of: number): number => Math.max(FEW, share * of);
  // Nothing living next to unreadable items: the living ones are then those that could not be read.
  const nothingElse = !living.length && unread.length > 0;
  if (unclear > most(MOST_UNCLEAR, items) || odd > most(MOST_UNREAD, living.length) || nothingElse) {
    return `${unread.length} things in ${items} items could not be read, first of all: ${unread[0]!.why}`;
  }
  return topics ? null : `none of ${items} items is a topic`;
}

/**
 * Parses the portal's own list of its topics as a stream. Throws ShapeError if it, or more than the odd item,
 * has another form.
 */
async function parseList(chunks: AsyncIterable<Uint8Array>): Promise<ParsedList> {
  const list: Counted = { items: 0, topics: 0, living: [], unread: [], unclear: 0, odd: 0 };
  const known = new Set<string>();
  for await (const item of itemsOf(chunks)) count(list, item, known);
  const doubt = doubtOf(list);
  if (doubt !== null) throw new ShapeError(`the portal's list changed shape: ${doubt}`);
  const { items, topics, living, unread } = list;
  return { items, topics, living, unread };
}

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
  ...Numbered.shape,
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
 * reference is the one in the search: the topic's number, and the language.
 */
function detailsRow(d: z.infer<typeof Details>): unknown {
  const deadlines = [...new Set(d.actions.flatMap((a) => a.deadlineDates ?? []).map(String))];
  return {
    reference: referenceOf(d.ccm2Id),
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

/**
 * Parses a topic's own file like the row that the search would have for it. One in another form is a row that
 * cannot be read: it must not keep the other topics from being read.
 */
function detailsPage(details: unknown): ParsedPage {
  const read = Details.safeParse(details);
  if (read.success) return pageOf([detailsRow(read.data)], null);
  const why = `the topic's own file changed shape: ${z.prettifyError(read.error)}`;
  return { total: null, calls: [], unread: [{ reference: itemReference(details), why }], links: [] };
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

/** Reads the rows of a search answer one by one: a hundred take a quarter of a second or more. */
function* readAhead(document: RawDocument): Steps<void> {
  const answer = SearchAnswer.safeParse(readJson(document));
  if (!answer.success || isCount(document)) return;
  for (const row of answer.data.results) {
    readRow(row);
    yield;
  }
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
  ahead: readAhead,
  list: {
    origin: 'https://ec.europa.eu',
    path: '/info/funding-tenders/opportunities/data/referenceData/grantsTenders.json',
    everyHours: 24,
    details: planDetails,
    parse: parseList,
  },
  checks,
});
