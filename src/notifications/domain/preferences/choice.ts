import type { Change } from '../../../calls/domain/versions/diff.js';
import { type Behind, changeSentences } from '../../../calls/domain/facts/change-sentences.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import type { Status } from '../../../calls/domain/status.js';
import { grouped } from '../../../kernel/collections.js';

/**
 * Fields that are no news by themselves: how a source files the call, and where to find it. Shown with other
 * changes.
 */
const QUIET = new Set([
  'keywords',
  'divisions',
  'crossCutting',
  'url',
  'alsoAt',
  'sections',
  'documents',
  'partnerSearch',
  'draft',
]);

/** Whether anything among these changes is worth a message. */
export const isNews = (changes: Change[], call: Behind): boolean =>
  changeSentences(
    changes.filter((c) => !QUIET.has(c.field)),
    'en',
    call,
  ).length > 0;

const OVER = 'the call was over before it could be told';
const NO_FIT = 'it does not fit any more';
const REFUSED = 'the institute said that it is not for it';
const UNWANTED = 'a language model has read that it is not wanted';
const CAME_BACK = 'what had changed is as it was before, or nothing that one is told of by itself';

/** A call with waiting items, in its state when a message is written. */
export interface Candidate {
  status: Status;
  deadlines: CallContent['deadlines'];
  /** The reader follows the call itself. */
  followed: boolean;
  /** One of their subscriptions is a reason to announce it. */
  wanted: boolean;
  /** Rejected by every institute through whose profile the reader would hear of it. */
  refused: boolean;
  /** Found unwanted by a language model for all of these institutes that have not rejected it. */
  unwanted: boolean;
  isNew: boolean;
  /** The changes since they last heard of it, without those that are no news to anyone. */
  changes: Change[];
}

/** Says why a call's waiting items are dropped; null if they are announced. */
export function whyNotAnnounced({
  status,
  refused,
  unwanted,
  followed,
  wanted,
  isNew,
  changes,
  deadlines,
}: Candidate): string | null {
  if (refused && !followed) return REFUSED;
  if (isNew) return status === 'closed' || status === 'withdrawn' ? OVER : wanted ? null : NO_FIT;
  if (status === 'closed') return OVER;
  if (unwanted && !followed) return UNWANTED;
  return isNews(changes, { deadlines }) ? null : CAME_BACK;
}

/** The reason for items whose call no longer exists. */
export const whyGone = OVER;

/** What determines a call's position in a message. */
export interface Weight {
  id: string;
  urgent: boolean;
  score: number;
  callIdentifier: string | null;
}

/** Sorts calls for a message: urgent first, then by score; topics of one call follow the best of them. */
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
 * The calls of a first message, in one list: next to a better call that opens soon, an open one would be
 * called the best in vain.
 */
export const FIRST_STATUSES: Status[] = ['open', 'forthcoming'];
