import { grouped } from '../../../kernel/collections.js';
import { z } from 'zod';
import { CallDocument, NO_CURRENCY, ParsedCall, type Section } from '../../../calls/domain/parsed-call.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { Fields, leftoverOf, portalDate, type Row, rowOf, whyUnread } from '../_kit/portal/row.js';
import { storableJson } from '../../../kernel/storable.js';
import { htmlToText, layOut, nodesOf, type TextNode, tidy } from '../_kit/html-text.js';
import { brusselsClock } from '../../../kernel/brussels.js';
import { cascadePage, topicPage } from '../../../calls/domain/page/outside-pages.js';
import { datesIn } from '../_kit/dates.js';
import { Action, actionFacts, programmeOf, NOTE_TYPE, noteRow, notesInRow } from './topic-facts.js';
import { sha256 } from '../../../kernel/hash.js';
import type { ParsedNote } from '../../domain/list.js';

/**
 * The plausible range of a call's amount: some are written in millions ("1.2"). In euros or as many units of
 * another currency.
 */
const [LEAST, MOST] = [5_000, 2_000_000_000];

/**
 * Returns the money of a cascade call or external action, from `budget` and `currency`. An amount that is
 * implausible as written, or has no currency, is kept in the portal's own characters only. Null if none is
 * stated; the portal writes that as 0.
 */
function amountOf(fields: Fields): ParsedCall['budget'] {
  const written = fields.first('budget')?.trim();
  const amount = Number(written?.replace(/[\s\u00a0,](?=\d{3}(?:\D|$))/g, ''));
  if (!written || amount === 0) return null;
  const currency = /^[A-Z]{3}$/.test(fields.first('currency') ?? '')
    ? fields.first('currency')!
    : NO_CURRENCY;
  const nothing = {
    currency,
    total: null,
    expectedGrants: null,
    minContribution: null,
    maxContribution: null,
    years: [],
  };
  return amount >= LEAST && amount <= MOST && currency !== NO_CURRENCY
    ? { ...nothing, total: amount }
    : { ...nothing, asWritten: written };
}

/**
 * Returns the fields only cascade calls have. Their own title is the call's; the title of the topic that
 * funded their project is given separately.
 */
function ofCascade({ title, identifier, callTitle }: ParsedCall, fields: Fields): Partial<ParsedCall> {
  const own = foldLine(callTitle ?? fields.first('caName') ?? '');
  const [acronym, name, id] = ['projectAcronym', 'projectName', 'projectId'].map(
    (f) => fields.first(f) ?? null,
  );
  const duration = foldLine(fields.first('duration') ?? '');
  return {
    ...(own && { title: own, callTitle: null, parentTopic: { identifier, title } }),
    ...((acronym || name) && { project: { acronym: acronym!, name: name!, id: id! } }),
    ...(duration && { duration }),
  };
}

/** Returns the fields only external actions have. */
function ofExternalAction(fields: Fields): Partial<ParsedCall> {
  const [zones, contractType] = [fields.words('geographicalZones'), fields.first('contractType')];
  return { ...(zones.length > 0 && { zones }), ...(contractType && { contractType }) };
}

const Line = z.object({
  action: z.string(),
  expectedGrants: z.number().nullish(),
  minContribution: z.number().nullish(),
  maxContribution: z.number().nullish(),
  budgetYearMap: z.record(z.string(), z.coerce.number()).nullish(),
});
const Overview = z.object({ budgetTopicActionMap: z.record(z.string(), z.array(Line)) });

/** The portal writes "not stated" as 0. */
const stated = (x: number | null | undefined): number | null => (x && x > 0 ? x : null);
const sum = (xs: (number | null | undefined)[]): number | null =>
  stated(xs.reduce<number>((a, x) => a + (x ?? 0), 0));
const least = (xs: (number | null | undefined)[]): number | null => {
  const all = xs.flatMap((x) => stated(x) ?? []);
  return all.length ? Math.min(...all) : null;
};
const most = (xs: (number | null | undefined)[]): number | null =>
  stated(Math.max(0, ...xs.map((x) => x ?? 0)));

/**
 * Returns the topic's own budget from the overview of the whole call: only the lines whose action begins with
 * the topic's identifier are its own. Null if the portal states nothing for it. Amounts are in euros.
 */
export function budgetOf(overview: string, identifier: string): ParsedCall['budget'] {
  const lines = Object.values(Overview.parse(storableJson(overview)).budgetTopicActionMap).flat();
  // The space keeps TOPIC-01 from matching the line of TOPIC-010.
  const own = lines.filter((l) =>
    `${l.action.trim()} `.toLowerCase().startsWith(`${identifier} `.toLowerCase()),
  );
  const years = own.flatMap((l) => Object.entries(l.budgetYearMap ?? {}));
  const budget = {
    currency: 'EUR',
    total: sum(years.map(([, amount]) => amount)),
    expectedGrants: sum(own.map((l) => l.expectedGrants)),
    minContribution: least(own.map((l) => l.minContribution)),
    maxContribution: most(own.map((l) => l.maxContribution)),
    years: years.filter(([, amount]) => amount > 0).map(([year]) => year),
  };
  const nothing = [budget.total, budget.expectedGrants, budget.minContribution, budget.maxContribution].every(
    (x) => x === null,
  );
  return nothing ? null : budget;
}

/**
 * Matches between the last letter of a line and the first of the next, where list items or paragraphs were
 * joined without a space.
 */
const JOINTS = new RegExp(
  [
    // "in buildings;Scope", "by 2050.However", "solutions”.Foresee"; not "1.The", which is a number and its
    // item.
    String.raw`(?=\p{Lu}\p{Ll})(?<=[\p{Ll})”"’»\]][.;:!?]|\p{N}{4}[.;])`,
    // "projects and EuroHPC.Technology", "across the EU;Improved": after an abbreviation; the word after a
    // colon may be a name of its own.
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=\p{Lu}{2}[.;!?])`,
    // "(in GWh/year)Reduction", "DNDPs[1]Number"
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=\p{Ll}{2}\)|\p{Lu}\)|\(s\)|\[\d{1,3}\])`,
    // "EV chargersDesign": a word in lower case does not continue with a capital, except names ("bioRxiv",
    // "eHealth"), whose lower-case part is short.
    String.raw`(?=\p{Lu}\p{Ll})(?<=(?<![\p{L}\p{N}])\p{Ll}{4,})`,
    // "not biodegradable, orImprove"
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=(?<![\p{L}\p{N}])(?:and|or))`,
    // "natural);demonstrate", "buildings;increase"
    String.raw`(?=\p{Ll}{3})(?<=[\p{Ll}\p{N})];)`,
    // "evaluation processesdescribed in Annex F": the headings of the conditions run into what they refer to
    String.raw`(?=described$)(?<=\p{Ll}{6})`,
    // "of DSOsStrengthened"
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=(?<![\p{L}\p{N}])\p{Lu}{2,}s)`,
  ].join('|'),
  'gu',
);

/** What every joint needs around it. Most words have nothing of it, and are then not searched for joints. */
const MAY_BE_JOINED = /.[\p{Lu};]|described$/u;

/** Addresses may contain capitals and punctuation anywhere. */
const ADDRESS = /[@=]|:\/\/|www\./;

/** What list items begin with. */
const TO_DO =
  'address analyse assess contribute create define deliver demonstrate design develop enable engage ensure establish evaluate explore identify implement improve increase integrate investigate promote propose provide strengthen support validate'.split(
    ' ',
  );
/** A shorter word may be the beginning of one: "under" of "underdevelop". */
const SHORTEST_END = 6;
const SHORTEST_ITEM = SHORTEST_END + Math.min(...TO_DO.map((verb) => verb.length));

/** Splits "ageingdemonstrate" where "ageing" is a word of the text, and an item begins with the other. */
function beforeItem(word: string, isWord: (text: string) => boolean): string {
  if (word.length < SHORTEST_ITEM) return word;
  const begins = TO_DO.find((verb) => word.endsWith(verb));
  const end = begins === undefined ? '' : word.slice(0, -begins.length);
  return end.length >= SHORTEST_END && isWord(end) ? `${end}\n${begins}` : word;
}

/** A name in which one that is followed by a capital begins: "Virus" of "VirusJapanese". */
const NAME_BEFORE_NAME = /(?<![\p{L}\p{N}-])\p{Lu}\p{Ll}{4,}(?=(\p{Lu}\p{Ll}+))/gu;
const LEAST_ITEMS = 3;

/**
 * Splits items that each end in the same name: "Dengue VirusJapanese Encephalitis VirusWest Nile Virus". It
 * stands alone, too, and not only as in "Micro-grids".
 */
function afterItems(text: string): string {
  const joined = [...text.matchAll(NAME_BEFORE_NAME)];
  if (joined.length < LEAST_ITEMS) return text;
  const alone = new Set(text.match(/(?<![\p{L}-])\p{L}+(?![\p{L}-])/gu));
  const named = grouped(joined, ([name]) => (alone.has(name) ? [name] : []));
  const ends = new Set(
    [...named]
      .filter(([, items]) => new Set(items.map(([, next]) => next)).size >= LEAST_ITEMS)
      .map(([name]) => name),
  );
  return text.replace(NAME_BEFORE_NAME, (name) => (ends.has(name) ? `${name}\n` : name));
}

/** A heading "null" that was joined to the line before it or to its own text, after the split. */
const NO_HEADING = /(?<![\p{L}\p{N} ])null$/gmu;

/**
 * Splits text that the portal has run together into one line per item: many topics come with lists that lost
 * their tags, so that the words on either side of a joint are one. A heading "null" is removed, as it is on
 * its own.
 */
function unglued(text: string): string {
  let words: Set<string> | undefined;
  const isWord = (end: string): boolean => (words ??= new Set(text.match(/\p{L}+/gu))).has(end);
  const apart = afterItems(text).replace(/\S+/g, (word) => {
    if (ADDRESS.test(word)) return word;
    const item = beforeItem(word, isWord);
    return MAY_BE_JOINED.test(item) ? item.replace(JOINTS, '\n') : item;
  });
  return apart.replace(NO_HEADING, '').split('\n').filter(Boolean).join('\n');
}

const isTopicKind = (node: TextNode): boolean =>
  (node.attribs?.['class'] ?? '').split(/\s+/).includes('topicdescriptionkind');

const SECTION_KINDS: Record<string, Section['kind']> = {
  expectedoutcome: 'expected-outcome',
  expectedoutcomes: 'expected-outcome',
  scope: 'scope',
  objective: 'objective',
  objectives: 'objective',
  expectedimpact: 'expected-impact',
  expectedimpacts: 'expected-impact',
  specificchallenge: 'specific-challenge',
};

function section(heading: string, text: string): Section {
  // In many topics the sentence on the TRL is under a heading "null".
  const title =
    heading === 'null' ? '' : heading.replace(/(?<![\s:])[\s:]+$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return {
    kind: SECTION_KINDS[title.toLowerCase().replace(/[^a-z]/g, '')] ?? 'other',
    title,
    text: unglued(tidy(text.replace(/^[\s:]+/, ''))),
  };
}

/**
 * Splits a topic's description by its headings. `.topicdescriptionkind` names a section ("ExpectedOutcome",
 * "Expected Outcome", ...), which runs to the next heading, whether in a `div.topicdescriptioncontent` or in
 * plain paragraphs. The text before the first is the summary.
 */
export function sectionsOf(html: string): Section[] {
  const { before, parts } = layOut(nodesOf(html), isTopicKind);
  const named = parts.map(({ heading, text }) => section(heading, text));
  return [
    ...(before ? [{ kind: 'summary' as const, title: '', text: unglued(before) }] : []),
    ...named.filter((s) => s.text),
  ];
}

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
function parseRow(row: Row): ParsedCall {
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

/**
 * The result of reading a row: a call with its notes, a note alone, why neither could be read, or that the
 * row is no current call.
 */
type ReadRow =
  | { call: ParsedCall; notes: ParsedNote[] }
  | { notes: ParsedNote[] }
  | { why: string }
  | { leftOut: { key: string; why: string } };

/** The number of rows cached: several times those of the portal. */
const KEPT = 5_000;

/**
 * A cache: two scans read each row twice, nearly all rows stay the same from day to day, and parsing is the
 * most expensive step.
 */
const kept = new Map<string, ReadRow>();

function read(row: unknown): ReadRow {
  try {
    const named = rowOf(row);
    const leftOut = leftoverOf(named);
    if (leftOut) return { leftOut };
    const fields = new Fields(named.metadata);
    if (fields.first('type') !== NOTE_TYPE)
      return { call: ParsedCall.parse(parseRow(named)), notes: notesInRow(fields) };
    const note = noteRow(named);
    return { notes: note ? [note] : [] };
  } catch (error) {
    return { why: whyUnread(error) };
  }
}

/** Reads a row of the search's answer. Equal rows return the same object, which must not be modified. */
export function readRow(row: unknown): ReadRow {
  const key = sha256(JSON.stringify(row));
  const made = kept.get(key) ?? read(row);
  kept.delete(key);
  kept.set(key, made);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return made;
}
