import type { CallContent } from './call-content.js';

type NamedFields = Partial<Pick<CallContent, 'kind' | 'identifier' | 'callIdentifier' | 'parentTopic'>>;

/** Returns a call's own identifier. A cascade call carries that of the topic that funded its project. */
export const ownIdentifier = ({ kind, identifier }: NamedFields): string | null =>
  kind === 'cascade' ? null : (identifier ?? null);

/**
 * Returns the call that a topic belongs to; null for a cascade call, which is not a topic of its project's
 * call.
 */
export const callOfTopic = ({ kind, callIdentifier }: NamedFields): string | null =>
  kind === 'cascade' ? null : (callIdentifier ?? null);

/** Returns the topic that funded the project of a cascade call, if stated; null for all other calls. */
export function parentTopicOf({
  kind,
  identifier,
  parentTopic,
}: NamedFields): { identifier: string | null; title: string | null } | null {
  if (kind !== 'cascade') return null;
  const parent = {
    identifier: parentTopic?.identifier ?? identifier ?? null,
    title: parentTopic?.title ?? null,
  };
  return parent.identifier === null && parent.title === null ? null : parent;
}

/** What names the topic of a call. */
type Titled = Pick<CallContent, 'kind' | 'title'>;

/** What calls have in common that are decided on together. */
export interface RelatedCall extends Titled {
  /** The call that the topic belongs to, if any. */
  callIdentifier: string | null;
  /** Why it fits, in the reader's words. */
  reason: string | null;
  deadlines: readonly { at: string }[];
}

/** Titles this short ("Other actions") say too little to be one topic. */
const SHORTEST_TITLE = 14;

/** Normalises a title for comparison: letters and digits only, accents kept. */
export const titleKey = (title: string): string =>
  (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

/**
 * Returns the key of a call's topic, without the edition: "Call 2026: Isotopes" and "Call 2027: isotopes" are
 * one. Null where the title says too little, as that of a cascade call: "Open call 2" of one project is
 * not that of another.
 */
export function topicKey({ kind, title }: Titled): string | null {
  const topic = titleKey(title.replace(/\b20\d\d\b/g, ''));
  return kind === 'cascade' || topic.length < SHORTEST_TITLE ? null : topic;
}

function topicKeys(call: Titled): string[] {
  const topic = topicKey(call);
  return topic === null ? [] : [`topic ${topic}`];
}

/** Two calls that share one of these keys stand together. */
function keysOf(call: RelatedCall): string[] {
  const { callIdentifier, reason, deadlines } = call;
  return [
    ...topicKeys(call),
    ...(callIdentifier === null || reason === null || deadlines.length === 0
      ? []
      : [JSON.stringify([callIdentifier, reason, deadlines.map(({ at }) => at)])]),
  ];
}

/**
 * Puts calls together that an officer reads as one: a topic under two identifiers or in two editions, and
 * topics of one call that share the reason why they fit and their deadlines. A group stands where its first
 * call stood; the order within it is kept.
 */
export const groupRelated = <T extends RelatedCall>(calls: readonly T[]): T[][] => groupedBy(calls, keysOf);

/** The same for topics under two identifiers or in two editions alone. */
export const groupEditions = <T extends Titled>(calls: readonly T[]): T[][] => groupedBy(calls, topicKeys);

/**
 * Puts what closes next first: the row of calls that are folded shows its date. `next`: its next deadline,
 * null if it has none to come.
 */
export const closingNextFirst = <T>(calls: readonly T[], next: (call: T) => string | null): T[] => {
  const time = (call: T): number => {
    const at = next(call);
    return at === null ? Number.MAX_SAFE_INTEGER : Date.parse(at);
  };
  return calls.toSorted((a, b) => time(a) - time(b));
};

function groupedBy<T>(calls: readonly T[], keysOf: (call: T) => string[]): T[][] {
  const groups: T[][] = [];
  const byKey = new Map<string, T[]>();
  for (const call of calls) {
    const keys = keysOf(call);
    let group = keys.map((key) => byKey.get(key)).find((known) => known !== undefined);
    if (group) group.push(call);
    else groups.push((group = [call]));
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, group);
  }
  return groups;
}

type Named = Pick<CallContent, 'identifier' | 'title' | 'language' | 'deadlines'>;

const YEAR = /(?<!\d)(20[1-4]\d)(?:[-–/](?:20)?\d{2}(?!\d))?(?!\d)/g;
/** How many years back and ahead to look for editions. */
const [BACK, AHEAD] = [7, 2];
/** Shorter titles ("Open call") are shared by unrelated calls. */
const FEWEST_WORDS = 3;
/**
 * Topics of two years with the same number are the same only if their titles agree: each work programme
 * reassigns numbers.
 */
const SAME_WORDS = 0.5;

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(YEAR, ' ')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const yearless = (identifier: string): string =>
  identifier.toLowerCase().replace(/(?<!\d)20[1-4]\d(?!\d)/g, '*');

/**
 * Returns the identifiers of the same topic in the surrounding years: HORIZON-MSCA-2025-DN-01 for
 * HORIZON-MSCA-2026-DN-01.
 */
export function otherYears(identifier: string | null): string[] {
  const year = Number(/(?<!\d)20[1-4]\d(?!\d)/.exec(identifier ?? '')?.[0] ?? NaN);
  if (identifier === null || Number.isNaN(year)) return [];
  const years = Array.from({ length: BACK + AHEAD + 1 }, (_, i) => year - BACK + i).filter((y) => y !== year);
  return years.map((y) => identifier.replace(new RegExp(`(?<!\\d)${year}(?!\\d)`, 'g'), String(y)));
}

function alike(a: string, b: string): number {
  const [one, other] = [new Set(words(a)), new Set(words(b))];
  const both = [...one].filter((w) => other.has(w)).length;
  return both / Math.max(1, new Set([...one, ...other]).size);
}

/** Returns the words of a title without its year, shared by editions. Empty if it is too short to tell. */
export function titleWords(title: string): string[] {
  const all = words(title);
  return all.length < FEWEST_WORDS ? [] : all;
}

/**
 * Returns by what two topics are editions of one: the same identifier apart from the year and largely the
 * same title, or the same title apart from the year; null if they are not.
 */
export function editionBy(
  a: Pick<Named, 'identifier' | 'title'>,
  b: Pick<Named, 'identifier' | 'title'>,
): 'identifier' | 'title' | null {
  const sameTopic =
    !!a.identifier &&
    !!b.identifier &&
    yearless(a.identifier) === yearless(b.identifier) &&
    alike(a.title, b.title) >= SAME_WORDS;
  if (sameTopic) return 'identifier';
  const sameTitle =
    titleWords(a.title).length > 0 && titleWords(a.title).join(' ') === titleWords(b.title).join(' ');
  return sameTitle ? 'title' : null;
}

/** Whether two calls are editions of one. Two with the same last day are not: they are parts of one call. */
export function isEdition(a: Named, b: Named): boolean {
  const day = (c: Named): string | undefined => c.deadlines.at(-1)?.at.slice(0, 10);
  if (a.language !== b.language || (day(a) !== undefined && day(a) === day(b))) return false;
  if (a.identifier && b.identifier && a.identifier.toLowerCase() === b.identifier.toLowerCase()) return false;
  return editionBy(a, b) !== null;
}
