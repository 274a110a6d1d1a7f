import type { ParsedList } from './list.js';

/** What a list is compared with. */
export interface ListPast {
  /**
   * The references of the topics that the source's pages show and that are not over; null where they were not
   * read lately.
   */
  shown: string[] | null;
  /**
   * The living topics of the last list that was accepted, and are not over by now; null where there was none.
   */
  before: string[] | null;
}

/**
 * Where fewer topics are known, a share of them says nothing: then the list has to be as long as its source
 * is known to be.
 */
const FEW = 20;
/**
 * A list lacks 1 % of what the search shows, and drops as many in a day; one that was cut in half lacks 50 %.
 */
const MOST_LACKING = 0.2;

/** How many of these the list lacks. An item that could not be read is there. */
function lacking(known: string[], { living, unread }: ParsedList): number {
  const listed = new Set([...living, ...unread].map((t) => t.reference));
  return known.filter((reference) => !listed.has(reference)).length;
}

/**
 * Why a list is not accepted, null where it is. It is read once, so that no second reading can agree with it:
 * it has to agree with what the source's pages show, or, where they cannot be read, with the list before it.
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
