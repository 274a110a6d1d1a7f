import type { CallContent, Deadline } from '../../../calls/domain/call-content.js';
import {
  type Change,
  deadlineChanges,
  KINDS_OF_CHANGE,
  kindsOf,
} from '../../../calls/domain/versions/diff.js';
import { DAY_MS } from '../../../kernel/durations.js';
import { BAND_FROM } from '../../../kernel/band.js';
import { type Behind, changeSentences } from '../../../calls/domain/facts/change-sentences.js';
import type { Status } from '../../../calls/domain/status.js';
import { grouped } from '../../../kernel/collections.js';

/** A deadline moved this shortly before it expires was being worked towards. */
const LATE_EXTENSION_DAYS = 7;
/** Less time than this is short notice: consortia need weeks. */
const SHORT_NOTICE_DAYS = 21;

/** Reasons why an item cannot wait for a digest, the most serious first. */
export const URGENCIES = ['withdrawn', 'brought-forward', 'extended-late', 'short-notice'] as const;
export type Urgency = (typeof URGENCIES)[number];

const nextOf = (deadlines: Deadline[], now: Date): number | undefined =>
  deadlines.map((d) => Date.parse(d.at)).find((at) => at >= now.getTime());

/** Returns the first deadline that has not passed; if all have passed, the last one. */
function expected(deadlines: Deadline[], now: Date): number | undefined {
  return nextOf(deadlines, now) ?? deadlines.map((d) => Date.parse(d.at)).at(-1);
}

/** Says why changes of a known call cannot wait; null if they can. The most serious reason wins. */
export function urgencyOfChanges(changes: Change[], now: Date): Urgency | null {
  for (const kind of kindsOf(changes)) {
    const always = KINDS_OF_CHANGE[kind];
    if ('urgency' in always) return always.urgency;
  }
  const late = changes.some((c) => {
    const before = c.kind === 'extended' ? expected((c.from as Deadline[] | null) ?? [], now) : undefined;
    return before !== undefined && before - now.getTime() <= LATE_EXTENSION_DAYS * DAY_MS;
  });
  return late ? 'extended-late' : null;
}

/**
 * Returns the most serious urgency of a call's items that still holds for all that has changed since, since
 * an item may have waited for a digest: a deadline brought forward may have been extended.
 */
export function urgencyLeft(planned: (Urgency | null)[], changes: Change[], status: Status): Urgency | null {
  const moves = changes.filter((c) => c.field === 'deadlines');
  const [before, after] = [moves[0]?.from, moves.at(-1)?.to].map((d) => (d as Deadline[] | null) ?? []);
  const moved = kindsOf(deadlineChanges({ deadlines: before! }, { deadlines: after! }));
  const holds: Record<Urgency, boolean> = {
    'brought-forward': moved.includes('forward'),
    'extended-late': moved.includes('extended'),
    withdrawn: status === 'withdrawn',
    'short-notice': true,
  };
  return URGENCIES.find((u) => planned.includes(u) && holds[u]) ?? null;
}

/** Returns `short-notice` for a strong match with little time left until its next deadline. */
export function urgencyOfMatch(score: number, deadlines: Deadline[], now: Date): Urgency | null {
  const next = nextOf(deadlines, now);
  return score >= BAND_FROM.strong && next !== undefined && next - now.getTime() < SHORT_NOTICE_DAYS * DAY_MS
    ? 'short-notice'
    : null;
}

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

/**
 * Whether a call's waiting items announce it as new. Only those who follow or study it already have a change
 * beside that, and are told of the change instead.
 */
export const isNewIn = (items: { kind: string }[]): boolean =>
  items.some((n) => n.kind === 'call') && !items.some((n) => n.kind === 'change');

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
