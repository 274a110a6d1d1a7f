import { Info } from 'luxon';
import type { Month } from '../../calls/domain/months.js';
import type { DayCount } from '../../calls/deadline-calendar.js';
import { dayText, isoDay, monthText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';

/**
 * The minimum deadlines per day of each shading level: the same in every overview, so that they can be
 * compared.
 */
export const LEVELS = [1, 2, 5, 10, 25];
const levelOf = (count: number): number => LEVELS.filter((from) => count >= from).length;

interface Days {
  v: Viewer;
  days: Map<string, DayCount>;
  chosen: string | null;
  href: (day: string) => string;
}

function classesOf(day: string, today: string, chosen: string | null, count: DayCount | undefined): string {
  const shade = count ? ` level-${levelOf(count.deadlines)}` : '';
  const mark = count?.fitting ? ' fits' : '';
  return `day${shade}${mark}${day < today ? ' past' : ''}${day === today ? ' today' : ''}${day === chosen ? ' chosen' : ''}`;
}

function DayCell({ v, days, chosen, href, day }: Days & { day: string }) {
  const [count, today, number] = [days.get(day), isoDay(v.now), Number(day.slice(8))];
  return (
    <td class={classesOf(day, today, chosen, count)} aria-current={day === today ? 'date' : undefined}>
      {count ? (
        <a href={href(day)}>
          <span class="date" aria-hidden="true">
            {number}
          </span>
          <b aria-hidden="true">{count.deadlines}</b>
          <span class="hidden-visually">
            {v.t('deadlines.day', { day: dayText(v, day), n: count.deadlines, fitting: count.fitting ?? 0 })}
          </span>
        </a>
      ) : (
        <span class="date">{number}</span>
      )}
    </td>
  );
}

function WeekdayNames({ v }: { v: Viewer }) {
  const [narrow, long] = [
    Info.weekdays('narrow', { locale: v.language }),
    Info.weekdays('long', { locale: v.language }),
  ];
  return (
    <tr>
      {long.map((name, i) => (
        <th key={name} scope="col">
          <span aria-hidden="true">{narrow[i]}</span>
          <span class="hidden-visually">{name}</span>
        </th>
      ))}
    </tr>
  );
}

/** A month as a calendar; each day with deadlines links to them. */
export function MonthView({ month: { month, weeks }, ...rest }: Days & { month: Month }) {
  return (
    <table class="month">
      <caption>{monthText(rest.v, month)}</caption>
      <thead>
        <WeekdayNames v={rest.v} />
      </thead>
      <tbody>
        {weeks.map((week, w) => (
          <tr key={w}>
            {week.map((day, d) =>
              day === null ? <td key={d} /> : <DayCell key={day} {...rest} day={day} />,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
