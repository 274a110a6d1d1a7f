import type { ParsedList } from './list.js';

/** What a list is compared with. */
export interface ListPast {
  /** The references of the topics that the source's pages show and that are not over; null where they were not read lately. */
  shown: string[] | null;
  /** The living topics of the last list that was believed, and are not over by now; null where there was none. */
  before: string[] | null;
}

/** Where fewer topics are known, a share of them says nothing. */
const FEW = 20;
/** A list lacks 1 % of what the search shows, and drops as many in a day; one that was cut in half lacks 50 %. */
const MOST_LACKING = 0.2;

function lacking(known: string[], { living }: ParsedList): { share: number; count: number } {
  const listed = new Set(living.map((t) => t.reference));
  const count = known.filter((reference) => !listed.has(reference)).length;
  return { count, share: known.length < FEW ? 0 : count / known.length };
}

/**
 * Why a list is not believed, null where it is. It is read once, so that no second reading can agree with it: it has to agree with what
 * the source's pages show, or, where they cannot be read, with the list before it.
 */
export function listDoubt(list: ParsedList, { shown, before }: ListPast, rules: { expectsAtLeast: number; maxUnreadShare: number }): string | null {
  const unread = list.unread.length;
  if (unread > Math.max(1, rules.maxUnreadShare * list.living.length)) return `${unread} of its items could not be read, first of all: ${list.unread[0]!.why}`;
  const known = shown ?? before;
  if (!known) return list.living.length < rules.expectsAtLeast ? `it shows only ${list.living.length} topics that are forthcoming or open` : null;
  const { count, share } = lacking(known, list);
  const whose = shown ? 'that the source\'s pages show' : 'that the list before it showed';
  return share > MOST_LACKING ? `it lacks ${count} of the ${known.length} topics ${whose}` : null;
}
