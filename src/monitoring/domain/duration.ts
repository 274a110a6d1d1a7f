import { translateTo } from '../../i18n/translate.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../kernel/durations.js';

const UNITS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
] as const;

/** Returns a duration in its two largest units: "3 hours 12 minutes", "2 days"; or "less than a minute". */
export function durationInWords(ms: number): string {
  const at = UNITS.findIndex(([, size]) => ms >= size);
  const t = translateTo('en');
  if (at < 0) return t('duration.less');
  let rest = ms;
  const parts = UNITS.slice(at, at + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count ? t(`duration.${unit}`, { n: count }) : '';
  });
  return parts.filter(Boolean).join(' ');
}
