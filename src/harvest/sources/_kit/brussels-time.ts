import { MINUTE_MS } from '../../../kernel/durations.js';

const OFFSET = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Brussels', timeZoneName: 'longOffset' });

/** `+02:00` in summer and `+01:00` in winter. */
const offsetAt = (instant: number): string =>
  OFFSET.formatToParts(instant)
    .find((p) => p.type === 'timeZoneName')!
    .value.slice(3);

const millis = (offset: string): number =>
  Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * MINUTE_MS;

/**
 * Returns a local date and time in Brussels or Paris (they have always agreed) in ISO 8601 with the offset.
 */
export function inBrussels(day: string, time = '00:00'): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const offset = offsetAt(asUtc - millis(offsetAt(asUtc)));
  return `${day}T${time}:00${offset}`;
}
