import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import { MOST_ASKED_MS } from '../../kernel/errors.js';

/**
 * A message whose sender gave no sign for so long was being sent by a process that is dead. Longer than any
 * sending takes.
 */
export const STALE_MS = 90 * SECOND_MS;

/**
 * The longest that a sending may take: after that it is over, so that nobody takes over what is still under
 * way.
 */
export const SENDING_MS = 75 * SECOND_MS;

/**
 * Tries over about three days, as mail servers do among themselves (RFC 5321, 4.5.4.1): a minute, doubled
 * with each, two hours at the most.
 */
export const MAIL_WAITS: readonly number[] = Array.from({ length: 39 }, (_, i) =>
  Math.min(MINUTE_MS * 2 ** i, 2 * HOUR_MS),
);

/** As Standard Webhooks proposes it: at once after a slip, then over about three days. */
export const WEB_WAITS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** Each wait is up to a fifth shorter or longer, so that what failed together does not come back together. */
const SCATTER = 0.2;

/**
 * Milliseconds until a message is tried again that was tried so often, at the least those for which the other
 * side asked; null where it is given up. `random` is from 0 to 1.
 */
export function waitAfter(
  tries: number,
  waits: readonly number[],
  random: number,
  askedMs = 0,
): number | null {
  const wait = waits[tries - 1];
  return wait === undefined
    ? null
    : Math.max(Math.round(wait * (1 - SCATTER + 2 * SCATTER * random)), Math.min(askedMs, MOST_ASKED_MS));
}
