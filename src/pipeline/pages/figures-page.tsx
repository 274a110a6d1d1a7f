import { scaleLinear } from 'd3-scale';
import { amountForPeople, amountInShort } from '../../calls/domain/facts/budget.js';
import type { KnownSum, YearOfContributions } from '../../funded-projects/domain/contributions.js';
import { numberTo } from '../../i18n/message.js';
import type { Viewer } from '../../ui/viewer.js';
import { LEAST_INSTITUTES, type Money, NETWORK_2014 } from '../domain/figures.js';
import {
  activityRows,
  type Counted,
  moneyRows,
  type OutcomeGroup,
  outcomeGroups,
  type RateGroup,
  rateGroups,
} from './figures-rows.js';
import { LEAST_CASES, type Rate } from '../../kernel/statistics.js';
import type { Period } from '../pipeline-figures.js';
import { withQuery } from '../../ui/address.js';

/** A line of a row: bars from one value to another, or words where there is no value to draw. */
type Line = { look: 'main' | 'beside'; from: number; to: number }[] | string;
interface BarRow {
  label: string;
  lines: Line[];
}
interface BarsShown {
  id: string;
  title: string;
  /** Where the same numbers are to be read. */
  description: string;
  rows: BarRow[];
  /** A value to compare with, drawn across all rows. */
  mark?: number | undefined;
  written: (value: number) => string;
}

/** In pixels; widths are shares of the page's, so that letters keep their size on a telephone. */
const [WORDS, LINE, BAR, GAP, AXIS] = [17, 14, 11, 10, 20];
/** About so many values on the axis, and letters in a line: more of them do not fit on a telephone. */
const [TICKS, LETTERS] = [3, 40];

const atPercent = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** SVG does not break lines by itself. */
const linesOf = (label: string): string[] =>
  label.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + word.length < LETTERS
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word];
  }, []);

function ChartRow({
  label,
  lines,
  y,
  x,
}: {
  label: string[];
  lines: Line[];
  y: number;
  x: (value: number) => number;
}) {
  const top = y + label.length * WORDS;
  return (
    <g class="chart-row">
      {label.map((words, i) => (
        <text key={i} class="chart-label" x="0" y={y + (i + 1) * WORDS - 4}>
          {words}
        </text>
      ))}
      {lines.map((line, i) =>
        typeof line === 'string' ? (
          <text key={i} x="0" y={top + (i + 1) * LINE - 4}>
            {line}
          </text>
        ) : (
          line.map(({ look, from, to }) => (
            <rect
              key={look}
              class={`chart-${look}`}
              x={atPercent(x(from))}
              y={top + i * LINE}
              width={atPercent(x(to) - x(from))}
              height={BAR}
            />
          ))
        ),
      )}
    </g>
  );
}

/** Bars below the name of each row, on an axis that begins at zero: an SVG without script, which prints. */
function BarChart({ id, title, description, rows, mark, written }: BarsShown) {
  const bars = rows.flatMap(({ lines }) => lines.flatMap((line) => (typeof line === 'string' ? [] : line)));
  const most = Math.max(0, mark ?? 0, ...bars.map((bar) => bar.to));
  if (most === 0) return null;
  const x = scaleLinear([0, most], [0, 100]).nice(TICKS);
  let bottom = 0;
  const placed = rows.map((row) => {
    const label = linesOf(row.label);
    const y = bottom;
    bottom += label.length * WORDS + row.lines.length * LINE + GAP;
    return { ...row, label, y };
  });
  return (
    <svg
      class="bar-chart"
      width="100%"
      height={bottom + AXIS}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-says`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-says`}>{description}</desc>
      {x.ticks(TICKS).map((tick) => (
        <g key={tick}>
          <line class="chart-grid" x1={atPercent(x(tick))} x2={atPercent(x(tick))} y1="0" y2={bottom} />
          <text
            x={atPercent(x(tick))}
            y={bottom + AXIS - 5}
            text-anchor={tick === 0 ? 'start' : x(tick) > 90 ? 'end' : 'middle'}
          >
            {written(tick)}
          </text>
        </g>
      ))}
      {placed.map(({ label, lines, y }) => (
        <ChartRow key={y} label={label} lines={lines} y={y} x={x} />
      ))}
      {mark !== undefined && (
        <line class="chart-mark" x1={atPercent(x(mark))} x2={atPercent(x(mark))} y1="0" y2={bottom} />
      )}
    </svg>
  );
}

type Shown = Pick<Counted, 'years' | 'network'> & { v: Viewer };

const EURO = 'EUR';
const euros = (v: Viewer, { amount }: KnownSum): string =>
  amount === null ? '–' : `${numberTo(v.language, amount)}\u00a0€`;

/** A bar for each year: coordinated projects, then all other roles. */
function ContributionChart({ v, years, network }: Shown) {
  const rows = years.flatMap(({ year, coordinated, joined }): BarRow[] => {
    if (year === null) return [];
    const [led, all] = [coordinated.amount ?? 0, (coordinated.amount ?? 0) + (joined.amount ?? 0)];
    if (coordinated.amount === null && joined.amount === null)
      return [{ label: year, lines: [v.t('figures.no-amount')] }];
    return [
      {
        label: year,
        lines: [
          [
            { look: 'main', from: 0, to: led },
            { look: 'beside', from: led, to: all },
          ],
        ],
      },
    ];
  });
  return (
    <BarChart
      id="contributions-chart"
      title={v.t('figures.contributions-chart')}
      description={v.t('figures.same-in-table')}
      rows={rows}
      mark={network ? NETWORK_2014 : undefined}
      written={(amount) => amountInShort(amount, EURO, v.language)}
    />
  );
}

/** A sum as written, and the number of amounts that are unknown. */
const SumWords = ({ v, sum, written }: { v: Viewer; sum: KnownSum; written: string }) => (
  <>
    {written}
    {sum.unknown > 0 && <span class="small muted"> {v.t('figures.unknown', { n: sum.unknown })}</span>}
  </>
);
const Sum = (told: { v: Viewer; sum: KnownSum; written: string }) => (
  <td class="number">
    <SumWords {...told} />
  </td>
);

const Row = ({ v, one }: { v: Viewer; one: YearOfContributions }) => (
  <tr>
    <th scope="row">{one.year ?? v.t('figures.no-year')}</th>
    <td class="number">{numberTo(v.language, one.projects)}</td>
    {[one.coordinated, one.joined, one.total].map((sum, i) => (
      <Sum key={i} v={v} sum={sum} written={euros(v, sum)} />
    ))}
    <td class="number">
      {one.left.projects === 0
        ? '–'
        : v.t('figures.left-of', {
            n: one.left.projects,
            amount: euros(v, one.left.net),
          })}
    </td>
  </tr>
);

/** EU contributions to the claimed projects, year by year: a chart and its table. */
function ContributionYears(shown: Shown) {
  const { v, years, network } = shown;
  return (
    <section class="card" aria-labelledby="contributions">
      <h2 id="contributions">{v.t('figures.contributions')}</h2>
      {years.length === 0 ? (
        <p class="muted">{v.t(network ? 'figures.no-claims-network' : 'figures.no-claims')}</p>
      ) : (
        <>
          <p class="small muted">
            {v.t('figures.contributions-says')}{' '}
            {v.t('figures.network-2014', { amount: amountForPeople(NETWORK_2014, EURO, v.language) })}
          </p>
          <ContributionChart {...shown} />
          <p class="small legend">
            <span class="key chart-main" /> {v.t('figures.coordinated')} <span class="key chart-beside" />{' '}
            {v.t('figures.joined')}
          </p>
          <div class="scroll" tabIndex={0} role="group" aria-labelledby="contributions">
            <table>
              <thead>
                <tr>
                  <th scope="col">{v.t('figures.year')}</th>
                  {(['projects', 'coordinated', 'joined', 'total', 'left'] as const).map((name) => (
                    <th key={name} scope="col" class="number">
                      {v.t(`figures.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {years.map((one) => (
                  <Row key={one.year} v={v} one={one} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

interface FiguresShown extends Counted {
  v: Viewer;
  /** The address of the page, without its query. */
  path: string;
  period: Period;
}

const percent = (v: Viewer, share: number): string =>
  v.t('text.percent', { n: numberTo(v.language, share * 100) });

/** A rate as a bar, with its confidence interval. */
const Bar = ({ rate, low, high }: { rate: number; low: number; high: number }) => (
  <svg
    class="figure-bar"
    viewBox="0 0 100 8"
    width="100"
    height="8"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    <rect class="bar-all" width="100" height="8" rx="2" />
    <rect class="bar-score" width={Math.max(1, rate * 100)} height="8" rx="2" />
    <rect class="bar-spread" x={low * 100} y="3" width={Math.max(1, (high - low) * 100)} height="2" />
  </svg>
);

function RateCells({ v, rate: { hits, of, rate, low, high } }: { v: Viewer; rate: Rate }) {
  return (
    <>
      <td class="number" data-label={v.t('figures.of')}>
        {v.t('figures.hits-of', { hits, of })}
      </td>
      {rate === null || low === null || high === null ? (
        <td colSpan={3} class="muted">
          {v.t('figures.too-few')}
        </td>
      ) : (
        <>
          <td class="number" data-label={v.t('figures.rate')}>
            {percent(v, rate)}
          </td>
          <td>
            <Bar rate={rate} low={low} high={high} />
          </td>
          <td class="small muted" data-label={v.t('figures.spread')}>
            {v.t('figures.spread-is', { low: percent(v, low), high: percent(v, high) })}
          </td>
        </>
      )}
    </>
  );
}

const Rates = ({ v, group: { title, rates }, id }: { v: Viewer; group: RateGroup; id: string }) => (
  <section class="card" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {
      <div class="scroll" tabIndex={0} role="group" aria-labelledby={id}>
        <table class="rates stacked">
          <thead>
            <tr>
              <th scope="col">{v.t('figures.what')}</th>
              <th scope="col" class="number">
                {v.t('figures.of')}
              </th>
              <th scope="col" class="number">
                {v.t('figures.rate')}
              </th>
              <td />
              <th scope="col">{v.t('figures.spread')}</th>
            </tr>
          </thead>
          <tbody>
            {rates.map(({ label, ...rate }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <RateCells v={v} rate={rate} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    }
  </section>
);

const inEuros = (money: Money[]): Money | undefined => money.find(({ currency }) => currency === EURO);

/** The institutes' share in euros, as a bar; words where no amount is stated, nothing where none can be. */
function shareLine(v: Viewer, look: 'main' | 'beside', money: Money | undefined, isNone: boolean): Line {
  if (money === undefined) return isNone ? [{ look, from: 0, to: 0 }] : '';
  const { amount } = money.share;
  return amount === null ? v.t('figures.no-amount') : [{ look, from: 0, to: amount }];
}

const RateCell = ({ v, rate: { of, rate, low, high } }: { v: Viewer; rate: Rate }) =>
  rate === null || low === null || high === null ? (
    <td class="muted">{v.t(of === 0 ? 'figures.no-result' : 'figures.too-few')}</td>
  ) : (
    <td data-label={v.t('figures.success')}>
      {percent(v, rate)} <Bar rate={rate} low={low} high={high} />
      <span class="small muted">
        {v.t('figures.spread-from', { low: percent(v, low), high: percent(v, high) })}
      </span>
    </td>
  );

const Shares = ({ v, money, label }: { v: Viewer; money: Money[]; label: string }) => (
  <td class="number" data-label={label}>
    {money.length === 0
      ? '–'
      : money.map(({ currency, share }) => (
          <div key={currency}>
            <SumWords
              v={v}
              sum={share}
              written={
                share.amount === null
                  ? `${currency === EURO ? '' : currency} –`
                  : amountForPeople(share.amount, currency, v.language)
              }
            />
          </div>
        ))}
  </td>
);

function OutcomeTable({ v, group: { head, outcomes } }: { v: Viewer; group: OutcomeGroup }) {
  const heads = ['bids', 'bids-won', 'success', 'share-requested', 'share-won'] as const;
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {heads.map((name) => (
            <th key={name} scope="col" class={name === 'success' ? undefined : 'number'}>
              {v.t(`figures.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ label, bids, submitted, won, ...rate }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="number" data-label={v.t('figures.bids')}>
              {numberTo(v.language, bids)}
            </td>
            <td class="number" data-label={v.t('figures.bids-won')}>
              {rate.of === 0 ? '–' : v.t('figures.hits-of', rate)}
            </td>
            <RateCell v={v} rate={rate} />
            <Shares v={v} money={submitted} label={v.t('figures.share-requested')} />
            <Shares v={v} money={won} label={v.t('figures.share-won')} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OutcomeChart({ v, group: { title, outcomes }, id }: { v: Viewer; group: OutcomeGroup; id: string }) {
  if (!outcomes.some(({ submitted }) => inEuros(submitted)?.share.amount))
    return <p class="muted">{v.t('figures.no-amounts')}</p>;
  return (
    <div>
      <BarChart
        id={`${id}-chart`}
        title={v.t('figures.outcome-chart', { by: title })}
        description={v.t('figures.same-in-table')}
        rows={outcomes.map(({ label, submitted, won, hits, of }) => ({
          label,
          lines: [
            shareLine(v, 'beside', inEuros(submitted), false),
            shareLine(v, 'main', inEuros(won), of > 0 && hits === 0),
          ],
        }))}
        written={(amount) => amountInShort(amount, EURO, v.language)}
      />
      <p class="small legend">
        <span class="key chart-beside" /> {v.t('figures.share-requested')} <span class="key chart-main" />{' '}
        {v.t('figures.share-won')}
      </p>
    </div>
  );
}

/** What was submitted and won, as a chart of amounts and as a table with the rates. */
const Outcomes = ({ v, group, id }: { v: Viewer; group: OutcomeGroup; id: string }) => (
  <section class="card" aria-labelledby={id}>
    <h2 id={id}>{group.title}</h2>
    <div class="outcome">
      <OutcomeChart v={v} group={group} id={id} />
      <div class="scroll" tabIndex={0} role="group" aria-labelledby={id}>
        <OutcomeTable v={v} group={group} />
      </div>
    </div>
  </section>
);

function MoneyTable({ v, figures, network }: FiguresShown) {
  const rows = moneyRows(v, figures);
  return (
    <section class="card" aria-labelledby="money">
      <h2 id="money">{v.t('figures.money')}</h2>
      {rows.length === 0 ? (
        <p class="muted">{v.t('figures.none')}</p>
      ) : (
        <div class="scroll" tabIndex={0} role="group" aria-labelledby="money">
          <table>
            <thead>
              <tr>
                <th scope="col">{v.t('figures.what')}</th>
                <th scope="col" class="number">
                  {v.t('figures.requested')}
                </th>
                <th scope="col" class="number">
                  {v.t(network ? 'figures.share-network' : 'pipeline.facts.share')}
                </th>
                <th scope="col" class="number">
                  {v.t('figures.bids')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ label, currency, requested, share, bids }) => (
                <tr key={`${label}${currency}`}>
                  <th scope="row">{label}</th>
                  {[requested, share].map((sum, i) => (
                    <Sum
                      key={i}
                      v={v}
                      sum={sum}
                      written={sum.amount === null ? '–' : amountForPeople(sum.amount, currency, v.language)}
                    />
                  ))}
                  <td class="number">{numberTo(v.language, bids)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function PeriodForm({ v, path, period }: FiguresShown) {
  return (
    <form method="get" action={path} class="row filters no-print">
      <label>
        {v.t('figures.from')} <input type="date" name="from" value={period.from ?? ''} />
      </label>
      <label>
        {v.t('figures.to')} <input type="date" name="to" value={period.to ?? ''} />
      </label>
      <button type="submit">{v.t('form.show')}</button>
      <a href={withQuery(`${path}.xlsx`, { ...period })}>Excel</a>
    </form>
  );
}

/** Figures of an institute, or of the network. */
export function FiguresPage(shown: FiguresShown) {
  const { v, figures, network } = shown;
  const values = { least: LEAST_CASES, institutes: LEAST_INSTITUTES };
  const [overall, ...groups] = rateGroups(v, shown);
  const outcomes = outcomeGroups(v, shown).filter((group) => group.outcomes.length > 0);
  return (
    <>
      <h1>{v.t('figures.title')}</h1>
      <p class="muted small lead">{v.t(network ? 'figures.lead-network' : 'figures.lead', values)}</p>
      <PeriodForm {...shown} />
      <section class="card" aria-labelledby="activity">
        <h2 id="activity">{v.t('figures.activity')}</h2>
        <table>
          <tbody>
            {activityRows(v, figures).map(({ label, value }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td class="number">{value === null ? '–' : numberTo(v.language, value, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Rates v={v} group={overall} id="rates" />
      {outcomes.map((group, i) => (
        <Outcomes key={group.title} v={v} group={group} id={`outcomes-${i}`} />
      ))}
      {groups.map(
        (group, i) =>
          group.rates.length > 0 && <Rates key={group.title} v={v} group={group} id={`rates-${i}`} />,
      )}
      <MoneyTable {...shown} />
      <ContributionYears {...shown} />
    </>
  );
}
