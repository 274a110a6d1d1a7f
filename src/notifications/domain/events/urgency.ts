import type { Deadline } from '../../../calls/domain/call-content.js';
import { type Change, KINDS_OF_CHANGE, kindsOf } from '../../../calls/domain/versions/diff.js';
import { DAY_MS } from '../../../kernel/durations.js';
import { BAND_FROM } from '../../../kernel/band.js';

/** A deadline moved this shortly before it expires was being worked towards. */
const LATE_EXTENSION_DAYS = 7;
/** Less time than this is short notice: consortia need weeks. */
const SHORT_NOTICE_DAYS = 21;

/** Reasons why an item cannot wait for a digest. */
export const URGENCIES = ['brought-forward', 'extended-late', 'withdrawn', 'short-notice'] as const;
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

/** Returns `short-notice` for a strong match with little time left until its next deadline. */
export function urgencyOfMatch(score: number, deadlines: Deadline[], now: Date): Urgency | null {
  const next = nextOf(deadlines, now);
  return score >= BAND_FROM.strong && next !== undefined && next - now.getTime() < SHORT_NOTICE_DAYS * DAY_MS
    ? 'short-notice'
    : null;
}
