import { DateTime } from 'luxon';
import { isoDay } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';

/** Until when a call is put off where nothing else is said: a month. */
const usualDay = (now: Date): string => isoDay(DateTime.fromJSDate(now).plus({ months: 1 }).toJSDate());
const tomorrow = (now: Date): string => isoDay(DateTime.fromJSDate(now).plus({ days: 1 }).toJSDate());

/** The day until which a call is put off, and the button that does it. */
export const PutOff = ({ v }: { v: Viewer }) => (
  <p class="row">
    <label>
      {v.t('inbox.later-until')}{' '}
      <input type="date" name="until" value={usualDay(v.now)} min={tomorrow(v.now)} />
    </label>
    <button type="submit" name="verdict" value="later">
      {v.t('inbox.put-off')}
    </button>
  </p>
);
