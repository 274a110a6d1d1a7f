import { DateTime } from 'luxon';
import type { SentMessage } from '../../../notifications/store/notification-log.repository.js';
import { spreadOf, type Spread } from '../../../kernel/spread.js';

/** What an institute's contact got in the week that starts on that Monday. */
interface ProfileWeek {
  profile: string;
  week: string;
  first: number;
  digest: number;
  urgent: number;
}

export interface Weeks {
  /** Counts only full weeks of the replay, or all if there are none; without first messages. */
  counted: string[];
  all: Spread;
  digest: Spread;
  urgent: Spread;
  each: ProfileWeek[];
}

const mondayOf = (day: DateTime): DateTime => day.startOf('week');

/** Returns the Mondays of the weeks that these days touch, and whether each week is complete. */
function weeksOf(from: string, to: string): { week: string; whole: boolean }[] {
  const [first, last] = [DateTime.fromISO(from, { zone: 'utc' }), DateTime.fromISO(to, { zone: 'utc' })];
  const weeks = [];
  for (let monday = mondayOf(first); monday <= last; monday = monday.plus({ weeks: 1 })) {
    weeks.push({ week: monday.toISODate()!, whole: monday >= first && monday.plus({ days: 6 }) <= last });
  }
  return weeks;
}

/** Counts messages by institute and week, including weeks without any. */
export function weeksSent(
  messages: SentMessage[],
  profiles: string[],
  { from, to }: { from: string; to: string },
): Weeks {
  const weeks = weeksOf(from, to);
  const each = new Map(
    profiles.flatMap((profile) =>
      weeks.map(({ week }): [string, ProfileWeek] => [
        `${profile}/${week}`,
        { profile, week, first: 0, digest: 0, urgent: 0 },
      ]),
    ),
  );
  for (const { profileId, kind, at } of messages) {
    const of = each.get(`${profileId}/${mondayOf(DateTime.fromJSDate(at, { zone: 'utc' })).toISODate()}`);
    if (of) of[kind] += 1;
  }
  const whole = weeks.filter((w) => w.whole);
  const counted = (whole.length ? whole : weeks).map((w) => w.week);
  const rows = [...each.values()].filter((w) => counted.includes(w.week));
  return {
    counted,
    each: [...each.values()],
    all: spreadOf(rows.map((w) => w.digest + w.urgent)),
    digest: spreadOf(rows.map((w) => w.digest)),
    urgent: spreadOf(rows.map((w) => w.urgent)),
  };
}
