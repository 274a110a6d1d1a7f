import type { Steps } from '../../../matching/domain/scoring/steps.js';
import { forecast } from './forecast.js';
import type { PastVersion } from '../events/past-calls.js';
import { PastRecipient, type PastProfile } from '../schedule/past-recipient.js';
import { DAY_MS } from '../../../kernel/durations.js';

const WEEK = 7 * DAY_MS;
/** The maximum number of weeks counted. */
const MOST_WEEKS = 12;
/** How long the simulated reader has read before counting starts, so that some deadlines come up. */
const LEAD_WEEKS = 14;

/** How many messages a reader would have received over the last weeks. */
export interface MessageRate {
  weeks: number;
  /** Digests in that time, not counting empty ones. */
  digests: number;
  urgent: number;
  /** All messages per week. */
  aWeek: number;
}

/** When a simulated subscription starts, and from when its messages are counted: whole weeks up to now. */
export interface Period {
  since: Date;
  from: Date;
  to: Date;
  weeks: number;
}

/**
 * Returns the period to look back on; null if less than a week is stored. Skips the first day: everything is
 * new then.
 */
export function periodOf(firstSeen: Date | null, now: Date): Period | null {
  if (!firstSeen) return null;
  const since = Math.max(firstSeen.getTime() + DAY_MS, now.getTime() - (MOST_WEEKS + LEAD_WEEKS) * WEEK);
  const weeks = Math.min(MOST_WEEKS, Math.floor((now.getTime() - since) / WEEK));
  return weeks < 1
    ? null
    : { since: new Date(since), from: new Date(now.getTime() - weeks * WEEK), to: now, weeks };
}

/** Returns how often a follower of a profile would have received messages in a period. */
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
