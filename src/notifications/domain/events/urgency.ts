import type { Deadline, Change } from '../../../calls/domain/index.js';
import { DAY_MS } from '../../../kernel/durations.js';
import { BAND_FROM } from '../../../kernel/band.js';

/** A deadline that is moved so shortly before it falls was being worked to. */
const LATE_EXTENSION_DAYS = 7;
/** Less time than this for a proposal is short: consortia need weeks. */
const SHORT_NOTICE_DAYS = 21;

/** What cannot wait for a digest. */
export const URGENCIES = ['brought-forward', 'extended-late', 'withdrawn', 'short-notice'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** The deadline that would have come next before a change of deadlines. */
const nextOf = (deadlines: Deadline[], now: Date): number | undefined =>
  deadlines.map((d) => Date.parse(d.at)).find((at) => at >= now.getTime());

/** The first of these deadlines that is not over; of an extension after the last one the last counts. */
function expected(deadlines: Deadline[], now: Date): number | undefined {
  return nextOf(deadlines, now) ?? deadlines.map((d) => Date.parse(d.at)).at(-1);
}

/** Why changes of a call that somebody knows cannot wait; null where they can. The gravest is named. */
export function urgencyOfChanges(changes: Change[], now: Date): Urgency | null {
  if (changes.some((c) => c.kind === 'forward')) return 'brought-forward';
  if (changes.some((c) => c.kind === 'withdrawn')) return 'withdrawn';
  const late = changes.some((c) => {
    const before = c.kind === 'extended' ? expected((c.from as Deadline[] | null) ?? [], now) : undefined;
    return before !== undefined && before - now.getTime() <= LATE_EXTENSION_DAYS * DAY_MS;
  });
  return late ? 'extended-late' : null;
}

/** A strong match with little time left until its next deadline. */
export function urgencyOfMatch(score: number, deadlines: Deadline[], now: Date): Urgency | null {
  const next = nextOf(deadlines, now);
  return score >= BAND_FROM.strong && next !== undefined && next - now.getTime() < SHORT_NOTICE_DAYS * DAY_MS
    ? 'short-notice'
    : null;
}
