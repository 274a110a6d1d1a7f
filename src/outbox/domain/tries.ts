import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import { MOST_ASKED_MS } from '../../kernel/errors.js';

/** The state of an outbox entry: waiting, being sent, accepted by the other side, or given up. */
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'failed';

/** A sender that has been silent for this long is dead. Longer than any delivery takes. */
export const STALE_MS = 90 * SECOND_MS;

/** The timeout of a delivery, so that no other process claims one still in progress. */
export const SENDING_MS = 75 * SECOND_MS;

/**
 * Retries over about three days, as mail servers do (RFC 5321, 4.5.4.1): one minute, doubled each time, up to
 * two hours.
 */
export const MAIL_WAITS: readonly number[] = Array.from({ length: 39 }, (_, i) =>
  Math.min(MINUTE_MS * 2 ** i, 2 * HOUR_MS),
);

/** As Standard Webhooks suggests: quickly after a glitch, then over about three days. */
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

/** Each wait varies by up to a fifth, so that what failed together is not retried together. */
const SCATTER = 0.2;

/**
 * Returns the milliseconds until the next try after so many tries, at least what the other side asked for;
 * null to give up. `random` is from 0 to 1.
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
