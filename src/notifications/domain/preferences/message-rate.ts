import type { Steps } from '../../../matching/domain/index.js';
import { forecast } from './forecast.js';
import type { PastVersion } from '../events/past-calls.js';
import { PastRecipient, type PastProfile } from '../schedule/past-recipient.js';
import { DAY_MS } from '../../../kernel/durations.js';

const WEEK = 7 * DAY_MS;
/** So many weeks are counted at the most. */
const MOST_WEEKS = 12;
/**
 * Before what is counted somebody has read for so long, so that deadlines come near of calls that they were
 * told of.
 */
const LEAD_WEEKS = 14;

/** How often somebody would have been written to, over the last weeks. */
export interface MessageRate {
  weeks: number;
  /** Digests in that time, those alone in which there would have been something. */
  digests: number;
  /** Messages at once in that time, for what could not wait. */
  urgent: number;
  /** All of them, a week. */
  aWeek: number;
}

/**
 * From when on a reader is thought of, and from when on their messages are counted: whole weeks up to now.
 */
export interface Period {
  since: Date;
  from: Date;
  to: Date;
  weeks: number;
}

/**
 * The period to look back on; null where less than a week is stored. The first day is left out: with it all
 * is new.
 */
export function periodOf(firstSeen: Date | null, now: Date): Period | null {
  if (!firstSeen) return null;
  const since = Math.max(firstSeen.getTime() + DAY_MS, now.getTime() - (MOST_WEEKS + LEAD_WEEKS) * WEEK);
  const weeks = Math.min(MOST_WEEKS, Math.floor((now.getTime() - since) / WEEK));
  return weeks < 1
    ? null
    : { since: new Date(since), from: new Date(now.getTime() - weeks * WEEK), to: now, weeks };
}

/** How often somebody who follows a profile would have been written to in a period. */
export function* messageRate(
  versions: PastVersion[],
  profile: PastProfile,
  { since, from, to, weeks }: Period,
): Steps<MessageRate> {
  const sent = (yield* forecast(
    new PastRecipient(versions, profile, since),
    profile.preferences,
    since,
    to,
  )).filter((s) => s.at >= from);
  const digests = sent.filter((s) => s.kind === 'digest').length;
  return { weeks, digests, urgent: sent.length - digests, aWeek: sent.length / weeks };
}
