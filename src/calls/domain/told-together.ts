/** What calls have in common that are decided on together. */
export interface Foldable {
  title: string;
  /** The call that the topic belongs to, if any. */
  callIdentifier: string | null;
  /** Why it fits, in the reader's words. */
  reason: string | null;
  deadlines: readonly { at: string }[];
}

/** Titles this short ("Other actions") say too little to be one topic. */
const SHORTEST_TITLE = 12;

/** A title without its edition: "Call 2026: Isotopes" and "Call 2027: isotopes" are one. */
const topicOf = (title: string): string =>
  (
    title
      .toLowerCase()
      .replace(/\b20\d\d\b/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');

function topicKeys({ title }: Pick<Foldable, 'title'>): string[] {
  const topic = topicOf(title);
  return topic.length < SHORTEST_TITLE ? [] : [`topic ${topic}`];
}

/** Two calls that share one of these keys stand together. */
function keysOf(call: Foldable): string[] {
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
export const folded = <T extends Foldable>(calls: readonly T[]): T[][] => groupedBy(calls, keysOf);

/** The same for topics under two identifiers or in two editions alone. */
export const twins = <T extends Pick<Foldable, 'title'>>(calls: readonly T[]): T[][] =>
  groupedBy(calls, topicKeys);

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
