import { monthAt, monthsLater } from '../../calls/domain/months.js';
import { programmeName } from '../../calls/domain/names-in.js';
import type { DeadlineYear } from '../../calls/deadline-calendar.js';
import { monthText } from '../../ui/dates.js';
import { Empty } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { addressWith, type Address } from './asked.js';
import { CalendarsBlock } from './calendars-page.js';
import { BusiestDays, ChosenDay, OurDeadlines, type Ours } from './days.js';
import { LEVELS, MonthView } from './month.js';

interface Shown {
  v: Viewer;
  year: DeadlineYear;
  address: Address;
  /** Null for the network, which has no calls of its own. */
  ours: Ours | null;
}

function Filters({ v, year, address }: Omit<Shown, 'ours'>) {
  return (
    <form class="filters card" action="/deadlines" method="get" aria-label={v.t('deadlines.filters')}>
      {address.from && <input type="hidden" name="from" value={address.from} />}
      {v.actor?.profileId && (
        <div>
          <label for="show">{v.t('deadlines.show')}</label>
          <select id="show" name="show">
            <option value="">{v.t('deadlines.show-all')}</option>
            <option value="mine" selected={address.show === 'mine'}>
              {v.t('deadlines.show-mine')}
            </option>
          </select>
        </div>
      )}
      <div>
        <label for="programme">{v.t('deadlines.programme')}</label>
        <select id="programme" name="programme">
          <option value="">{v.t('deadlines.programme-any')}</option>
          {year.programmes.map((name) => (
            <option key={name} value={name} selected={name === address.programme}>
              {programmeName(name, v.language)}
            </option>
          ))}
        </select>
      </div>
      <button class="primary" type="submit">
        {v.t('deadlines.apply')}
      </button>
      {(address.show || address.programme) && (
        <a href={addressWith(address, { show: null, programme: null, day: null })}>
          {v.t('deadlines.reset')}
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

/** The page of a year. */
export function YearView({ v, year, address, ours }: Shown) {
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
