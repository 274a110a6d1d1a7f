import type { CallContent } from './call-content.js';

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
