import type { ParsedList } from './list.js';

/** What a list is compared with. */
export interface ListPast {
  /**
   * The references of topics that the source's pages show and that are not over; null if the pages were not
   * read recently.
   */
  shown: string[] | null;
  /** The living topics of the last accepted list that are not over yet; null if there was none. */
  before: string[] | null;
}

/**
 * If fewer topics are known, a share of them means nothing: the list must then be as long as its source is
 * known to be.
 */
const FEW = 20;
/**
 * A list lacks 1% of what the search shows, and drops as many in a day; one that was cut in half lacks 50%.
 */
const MOST_LACKING = 0.2;

/** Returns how many of these the list lacks. An item that could not be read is present. */
function lacking(known: string[], { living, unread }: ParsedList): number {
  const listed = new Set([...living, ...unread].map((t) => t.reference));
  return known.filter((reference) => !listed.has(reference)).length;
}

/**
 * Returns why a list is not accepted; null if it is. It is read only once, so no second reading can confirm
 * it: it must agree with the source's pages or, if they cannot be read, with the previous list.
 */
export function listDoubt(
  list: ParsedList,
  { shown, before }: ListPast,
  rules: { expectsAtLeast: number; maxUnreadShare: number },
): string | null {
  const unread = list.unread.length;
  if (unread > Math.max(1, rules.maxUnreadShare * list.living.length))
    return `${unread} of its items could not be read, first of all: ${list.unread[0]!.why}`;
  const known = shown ?? before;
  if (!known || known.length < FEW)
    return list.living.length < rules.expectsAtLeast
      ? `it shows only ${list.living.length} topics that are forthcoming or open`
      : null;
  const count = lacking(known, list);
  const whose = shown ? "that the source's pages show" : 'that the list before it showed';
  return count > MOST_LACKING * known.length
    ? `it lacks ${count} of the ${known.length} topics ${whose}`
    : null;
}
