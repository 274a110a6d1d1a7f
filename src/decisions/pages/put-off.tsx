import { DateTime } from 'luxon';
import { isoDay } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';

/** The default day to postpone a call to: in a month. */
const usualDay = (now: Date): string => isoDay(DateTime.fromJSDate(now).plus({ months: 1 }).toJSDate());
const tomorrow = (now: Date): string => isoDay(DateTime.fromJSDate(now).plus({ days: 1 }).toJSDate());

/** The day to postpone a call to, and the button that does it. */
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
