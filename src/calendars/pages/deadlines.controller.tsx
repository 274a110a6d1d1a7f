import { z } from 'zod';
import { Info } from 'luxon';
import type { VNode } from 'preact';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  type CalendarAsked,
  type DayCount,
  DeadlineCalendar,
  type DeadlineRow,
  type DeadlineYear,
  foldedDeadlines,
} from '../../calls/deadline-calendar.js';
import { withQuery } from '../../ui/address.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { inBrussels, type Month, monthAt, monthsLater } from '../../kernel/brussels.js';
import { DAY_MS } from '../../kernel/durations.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { deadlineForPeople, timeOfDeadline, unstatedTimeNote } from '../../calls/domain/facts/deadline.js';
import { dayText, isoDay, monthText } from '../../ui/dates.js';
import { DaysLeft, Dots, Empty, Folds, identifierText, Score } from '../../ui/parts.js';
import { CalendarsBlock } from './calendars.controller.js';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';

/** A valid month in a plausible range. */
const MonthText = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

const ADDRESS = {
  from: MonthText.optional(),
  day: z.iso
    .date()
    .refine((day) => /^20/.test(day))
    .optional(),
  show: z.enum(['mine']).optional(),
  programme: z.string().trim().max(200).optional(),
  drafts: z.enum(['shown']).optional(),
};
type Address = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** Returns the calendar query for a URL's query; the network has no calls of its own. */
function askedBy(v: Viewer, { from, day, show, programme, drafts }: Address): CalendarAsked {
  const profile = v.actor?.profileId ?? null;
  return {
    from: from ?? null,
    profile,
    only: profile !== null && show === 'mine',
    programme: programme ?? null,
    drafts: drafts === 'shown',
    day: day ?? null,
  };
}

const addressWith = (address: Address, changed: Partial<Record<keyof Address, string | null>>): string =>
  withQuery('/deadlines', { ...address, ...changed });

/** An institute's page of a call includes its own data; the network's shows only the call. */
const callHref = (v: Viewer, callId: string): string =>
  v.actor?.profileId ? `/institutes/${v.actor.profileId}/calls/${callId}` : `/calls/${callId}`;

const CallLink = ({ v, row }: { v: Viewer; row: DeadlineRow }) => (
  <a href={callHref(v, row.callId)} lang={row.language}>
    {row.title}
  </a>
);

/** Shown once for a whole list, if it applies to any row. */
function UnstatedTime({ v, rows }: { v: Viewer; rows: DeadlineRow[] }) {
  const note = unstatedTimeNote(rows, v.language);
  return note && <p class="small muted">{note}</p>;
}

type Ours = Awaited<ReturnType<DeadlineCalendar['next']>>;

/** What the summary of folded calls names. */
const named = (row: DeadlineRow) => ({ kind: row.callKind, identifier: row.identifier, title: row.title });

/** A call with those folded below it. */
const Folded = ({
  v,
  rows: [first, ...others],
  Row,
}: {
  v: Viewer;
  rows: DeadlineRow[];
  Row: (props: { v: Viewer; row: DeadlineRow }) => VNode;
}) => (
  <li class="with-folds">
    <Row v={v} row={first!} />
    <Folds v={v} below={others.map(named)}>
      <ul>
        {others.map((row) => (
          <li key={`${row.callId} ${row.kind}`}>
            <Row v={v} row={row} /> <span class="small muted">{identifierText(v, named(row))}</span>
          </li>
        ))}
      </ul>
    </Folds>
  </li>
);

const OurCall = ({ v, row }: { v: Viewer; row: DeadlineRow }) => (
  <div class="ours-row">
    <span class="ours-call">
      <CallLink v={v} row={row} />
      <span class="small muted">{timeOfDeadline({ ...row, brussels: inBrussels(row.at) }, v.language)}</span>
    </span>
    {row.score !== null && <Score score={row.score} />}
  </div>
);

/** When our calls close, by day, the next one first: the purpose of the page. */
function OurDeadlines({ v, ours: { days, total } }: { v: Viewer; ours: Ours }) {
  const items = days.flatMap(([, rows]) => rows.flat());
  return (
    <section class="ours" aria-labelledby="ours">
      <h2 id="ours">{v.t('deadlines.ours')}</h2>
      {items.length === 0 ? (
        <Empty title={v.t('deadlines.ours-none')}>
          <p>{v.t('deadlines.ours-none-says')}</p>
        </Empty>
      ) : (
        <ol>
          {days.map(([day, calls]) => (
            <li key={day}>
              <h3>
                <time dateTime={day}>{dayText(v, day)}</time> <DaysLeft v={v} at={calls[0]![0]!.at} />
              </h3>
              <ul>
                {calls.map((rows) => (
                  <Folded key={`${rows[0]!.callId} ${rows[0]!.kind}`} v={v} rows={rows} Row={OurCall} />
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
      <UnstatedTime v={v} rows={items} />
      {total > items.length && <p class="muted">{v.t('deadlines.ours-more', { n: total - items.length })}</p>}
    </section>
  );
}

/** Only institutes have calls that fit. */
const isInside = (v: Viewer): boolean => v.actor?.profileId !== null;

function BusyDay({
  v,
  busy: { day, calls },
  href,
}: {
  v: Viewer;
  busy: DeadlineYear['busiest'][number];
  href: string;
}) {
  return (
    <tr>
      <th scope="row">
        <a href={href}>{dayText(v, day.day)}</a>
      </th>
      <td class="number" data-label={v.t('deadlines.title')}>
        {day.deadlines}
      </td>
      {isInside(v) && (
        <td class="number" data-label={v.t('deadlines.busiest-fit')}>
          {day.fitting}
        </td>
      )}
      <td>
        <ul class="calls">
          {calls.map((rows) => (
            <Folded key={rows[0]!.callId} v={v} rows={rows} Row={CallLink} />
          ))}
          {day.deadlines > calls.flat().length && (
            <li>
              <a href={href}>{v.t('deadlines.all-of-day', { n: day.deadlines })}</a>
            </li>
          )}
        </ul>
      </td>
    </tr>
  );
}

/** The days on which most calls close, with their first calls. */
function BusiestDays({
  v,
  busiest,
  href,
}: {
  v: Viewer;
  busiest: DeadlineYear['busiest'];
  href: (day: string) => string;
}) {
  return (
    <section aria-labelledby="busiest">
      <h2 id="busiest">{v.t('deadlines.busiest')}</h2>
      <div class="scroll">
        <table class="busiest">
          <thead>
            <tr>
              <th scope="col">{v.t('deadlines.busiest-day')}</th>
              <th scope="col" class="number">
                {v.t('deadlines.title')}
              </th>
              {isInside(v) && (
                <th scope="col" class="number">
                  {v.t('deadlines.busiest-fit')}
                </th>
              )}
              <th scope="col">{v.t('layout.calls')}</th>
            </tr>
          </thead>
          <tbody>
            {busiest.map((busy) => (
              <BusyDay key={busy.day.day} v={v} busy={busy} href={href(busy.day.day)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function DayTable({ v, calls }: { v: Viewer; calls: DeadlineRow[] }) {
  const inside = isInside(v);
  return (
    <div class="scroll">
      <table class="of-day">
        <thead>
          <tr>
            <th scope="col">{v.t('calls.call')}</th>
            <th scope="col">{v.t('fact.deadline')}</th>
            {inside && <th scope="col">{v.t('call.score')}</th>}
          </tr>
        </thead>
        {foldedDeadlines(calls).map((rows) => (
          <tbody key={`${rows[0]!.callId} ${rows[0]!.at}`} class="with-folds">
            {rows.map((row, i) => (
              <tr key={`${row.callId} ${row.at}`} class={i > 0 ? 'folded' : undefined}>
                <th scope="row">
                  <CallLink v={v} row={row} />
                  <span class="small muted">
                    <Dots
                      parts={[
                        identifierText(v, { kind: row.callKind, identifier: row.identifier }),
                        row.programme && programmeName(row.programme, v.language),
                        row.sourceStatus === 'draft' && v.t('status.draft'),
                      ]}
                    />
                  </span>
                  {i === 0 && <Folds v={v} below={rows.slice(1).map(named)} />}
                </th>
                <td>{deadlineForPeople({ ...row, brussels: inBrussels(row.at) }, v.language, 'marked')}</td>
                {inside && (
                  <td>
                    {row.score === null ? (
                      <span class="muted">{v.t('deadlines.not-ours')}</span>
                    ) : (
                      <Score score={row.score} />
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** The calls of the selected day. */
function ChosenDay({ v, chosen }: { v: Viewer; chosen: DeadlineYear['chosen'] }) {
  if (!chosen) return null;
  const hidden = chosen.total - chosen.calls.length;
  return (
    <section id="day" aria-labelledby="of-day" tabIndex={-1}>
      <h2 id="of-day">{v.t('deadlines.of-day', { day: dayText(v, chosen.day) })}</h2>
      {chosen.calls.length ? <DayTable v={v} calls={chosen.calls} /> : <p>{v.t('deadlines.none-on-day')}</p>}
      <UnstatedTime v={v} rows={chosen.calls} />
      {hidden > 0 && <p class="muted">{v.t('deadlines.more-on-day', { n: hidden })}</p>}
    </section>
  );
}

/**
 * The minimum deadlines per day of each shading level: the same in every overview, so that they can be
 * compared.
 */
const LEVELS = [1, 2, 5, 10, 25];
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
function MonthView({ month: { month, weeks }, ...rest }: Days & { month: Month }) {
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

interface Shown {
  v: Viewer;
  year: DeadlineYear;
  address: Address;
  /** Null for the network, which has no calls of its own. */
  ours: Ours | null;
}

function Filters({ v, year, address }: Omit<Shown, 'ours'>) {
  // Another year may have none of the programme that is asked for.
  const programmes = new Set([...year.programmes, ...(address.programme ? [address.programme] : [])]);
  return (
    <form class="filters card" action="/deadlines" method="get" aria-label={v.t('form.filters')}>
      {address.from && <input type="hidden" name="from" value={address.from} />}
      {v.actor?.profileId && (
        <div>
          <label for="show">{v.t('layout.calls')}</label>
          <select id="show" name="show">
            <option value="">{v.t('deadlines.show-all')}</option>
            <option value="mine" selected={address.show === 'mine'}>
              {v.t('deadlines.ours')}
            </option>
          </select>
        </div>
      )}
      <div>
        <label for="programme">{v.t('fact.programme')}</label>
        <select id="programme" name="programme">
          <option value="">{v.t('deadlines.programme-any')}</option>
          {[...programmes].map((name) => (
            <option key={name} value={name} selected={name === address.programme}>
              {programmeName(name, v.language)}
            </option>
          ))}
        </select>
      </div>
      <label class="choice">
        <input type="checkbox" name="drafts" value="shown" checked={address.drafts === 'shown'} />{' '}
        {v.t('deadlines.drafts')}
      </label>
      <button class="primary" type="submit">
        {v.t('form.show')}
      </button>
      {(address.show || address.programme || address.drafts) && (
        <a href={addressWith(address, { show: null, programme: null, drafts: null, day: null })}>
          {v.t('form.clear-filters')}
        </a>
      )}
    </form>
  );
}

function Span({ v, address, first }: { v: Viewer; address: Address; first: string }) {
  const to = (from: string | null): string => addressWith(address, { from, day: null });
  return (
    <nav class="row span" aria-label={v.t('deadlines.span')}>
      <a href={to(monthsLater(first, -12))}>{v.t('deadlines.earlier')}</a>
      {first !== monthAt(v.now) && <a href={to(null)}>{v.t('deadlines.today')}</a>}
      <a href={to(monthsLater(first, 12))}>{v.t('deadlines.later')}</a>
    </nav>
  );
}

function Legend({ v }: { v: Viewer }) {
  const reach = (from: number, next: number | undefined): string =>
    next === undefined ? `${from}+` : next - 1 === from ? String(from) : `${from}–${next - 1}`;
  return (
    <p class="legend">
      {v.t('deadlines.legend')}
      {LEVELS.map((from, i) => (
        <span key={from} class={`swatch level-${i + 1}`}>
          {reach(from, LEVELS[i + 1])}
        </span>
      ))}
      {v.actor?.profileId && (
        <>
          <span class="swatch fits" aria-hidden="true" />
          {v.t('deadlines.legend-fit')}
        </>
      )}
    </p>
  );
}

function Picture({ v, year, href }: { v: Viewer; year: DeadlineYear; href: (day: string) => string }) {
  return (
    <section aria-labelledby="year">
      <h2 id="year" class="hidden-visually">
        {v.t('deadlines.year')}
      </h2>
      <Legend v={v} />
      <div class="months">
        {year.months.map((month) => (
          <MonthView
            key={month.month}
            v={v}
            month={month}
            days={year.days}
            chosen={year.chosen?.day ?? null}
            href={href}
          />
        ))}
      </div>
    </section>
  );
}

function YearView({ v, year, address, ours }: Shown) {
  const [first, last] = [year.months[0]!.month, year.months.at(-1)!.month];
  const href = (day: string): string => `${addressWith(address, { day })}#day`;
  return (
    <>
      <h1>{v.t('deadlines.title')}</h1>
      {/* Viewers of a day have already seen our deadlines. */}
      {ours && !year.chosen && <OurDeadlines v={v} ours={ours} />}
      {ours && <h2>{v.t('deadlines.all')}</h2>}
      <p class="muted">
        {v.t('deadlines.total', { n: year.total, from: monthText(v, first), to: monthText(v, last) })}
      </p>
      <Filters v={v} year={year} address={address} />
      <Span v={v} address={address} first={first} />
      {year.total === 0 ? (
        <Empty title={v.t('deadlines.none')}>
          <p>{v.t('deadlines.none-says')}</p>
        </Empty>
      ) : (
        <Picture v={v} year={year} href={href} />
      )}
      <ChosenDay v={v} chosen={year.chosen} />
      {year.busiest.length > 0 && <BusiestDays v={v} busiest={year.busiest} href={href} />}
      <CalendarsBlock v={v} />
    </>
  );
}

const YEAR_MS = 366 * DAY_MS;

/** Our next deadlines, an overview of a year of all of them, and its days. */
@ApiExcludeController()
@Needs('call.read')
@Controller('deadlines')
export class DeadlinesPages {
  constructor(private readonly calendar: DeadlineCalendar) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async year(@View() v: Viewer, @PageQuery(ADDRESS) address: Address): Promise<string> {
    const profile = v.actor?.profileId ?? null;
    const [year, ours] = [
      await this.calendar.year(askedBy(v, address)),
      profile === null ? null : await this.calendar.next(profile, new Date(v.now.getTime() + YEAR_MS)),
    ];
    return page(
      v,
      { title: v.t('deadlines.title'), place: 'deadlines', styles: ['deadlines'], wide: true },
      YearView({ v, year, address, ours }),
    );
  }
}
