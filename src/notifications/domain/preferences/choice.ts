import type { CallContent, Change, Status } from '../../../calls/domain/index.js';
import { grouped } from '../../../kernel/grouping.js';
import { isNews } from '../events/news.js';

const OVER = 'the call was over before it could be told';
const NO_FIT = 'it does not fit any more';
const REFUSED = 'the institute said that it is not for it';
const CAME_BACK = 'what had changed is as it was before, or nothing that one is told of by itself';

/** A call of which something waits, as it stands when a message is written. */
export interface Candidate {
  status: Status;
  deadlines: CallContent['deadlines'];
  /** The reader follows the call itself. */
  followed: boolean;
  /** Something that they follow is a reason to tell it. */
  wanted: boolean;
  /** Every institute by whose profile they are told of it said no. */
  refused: boolean;
  /** It is new to them. */
  isNew: boolean;
  /** What has changed since they heard of it, without what is news to nobody. */
  changes: Change[];
}

/** Why what waits of a call is not told after all; null where it is. */
export function whyNotAnnounced({
  status,
  refused,
  followed,
  wanted,
  isNew,
  changes,
  deadlines,
}: Candidate): string | null {
  if (refused && !followed) return REFUSED;
  if (isNew) return status === 'closed' || status === 'withdrawn' ? OVER : wanted ? null : NO_FIT;
  if (status === 'closed') return OVER;
  return isNews(changes, { deadlines }) ? null : CAME_BACK;
}

/** What has no call any more to tell of. */
export const whyGone = OVER;

/** What gives a call its place in a message. */
export interface Weight {
  id: string;
  urgent: boolean;
  score: number;
  callIdentifier: string | null;
}

/**
 * The order in which a message tells of calls: the urgent first and then the best, topics of one call
 * together behind the best of them.
 */
export function inOrder<T>(told: T[], weightOf: (one: T) => Weight): T[] {
  const weighed = told.map((one) => ({ one, weight: weightOf(one) }));
  weighed.sort(
    ({ weight: a }, { weight: b }) =>
      Number(b.urgent) - Number(a.urgent) || b.score - a.score || (a.id < b.id ? -1 : 1),
  );
  return [...grouped(weighed, ({ weight }) => [weight.callIdentifier ?? weight.id]).values()]
    .flat()
    .map(({ one }) => one);
}

/**
 * Which calls a first message names: the best open ones, and half as many still to open, of which as much is
 * asked as of news.
 */
export const firstLists = ({ first }: { first: number }, least: number) => ({
  open: { status: 'open' as const, minScore: least, limit: first },
  coming: { status: 'forthcoming' as const, minScore: least, limit: Math.ceil(first / 2) },
});
