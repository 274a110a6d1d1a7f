import { amountForPeople } from '../../calls/domain/facts/budget.js';
import type { KnownSum } from '../../funded-projects/domain/known-sum.js';
import type { YearOfContributions } from '../../funded-projects/domain/contributions.js';
import { numberTo } from '../../i18n/formats.js';
import type { Viewer } from '../../ui/viewer.js';
import { NETWORK_2014 } from '../domain/figures.js';
import type { Counted } from './figures-rows.js';

type Shown = Pick<Counted, 'years' | 'network'> & { v: Viewer };

const [HEIGHT, BAR, GAP, FOOT, HEAD] = [140, 34, 10, 18, 16];
/** Short for the chart; the table shows whole euros. */
const inShort = (v: Viewer, amount: number): string => amountForPeople(amount, 'EUR', v.language);
const euros = (v: Viewer, { amount }: KnownSum): string =>
  amount === null ? '–' : `${numberTo(v.language, amount)}\u00a0€`;

/**
 * A bar for each year: coordinated projects at the bottom, all other roles above. It is an SVG, so it prints.
 */
function Chart({ v, years, network }: Shown) {
  const dated = years.filter((y) => y.year !== null);
  const most = Math.max(...dated.map((y) => y.total.amount ?? 0), network ? NETWORK_2014 : 0);
  if (dated.length === 0 || most === 0) return null;
  const width = dated.length * (BAR + GAP) + GAP;
  const high = (sum: KnownSum): number => ((sum.amount ?? 0) / most) * HEIGHT;
  const mark = HEAD + HEIGHT - (NETWORK_2014 / most) * HEIGHT;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={v.t('figures.chart')}>
      <svg
        class="figure-chart"
        viewBox={`0 0 ${width} ${HEAD + HEIGHT + FOOT}`}
        width={width * 1.4}
        role="img"
        aria-label={v.t('figures.chart')}
      >
        {dated.map(({ year, coordinated, joined, total }, i) => {
          const [x, base] = [GAP + i * (BAR + GAP), HEAD + HEIGHT];
          const [low, up] = [high(coordinated), high(joined)];
          return (
            <g key={year}>
              <rect class="chart-led" x={x} y={base - low} width={BAR} height={low} />
              <rect class="chart-joined" x={x} y={base - low - up} width={BAR} height={up} />
              <text x={x + BAR / 2} y={base - low - up - 4} text-anchor="middle" font-size="8">
                {total.amount === null ? '–' : inShort(v, Math.round(total.amount / 10_000) * 10_000)}
              </text>
              <text x={x + BAR / 2} y={base + 13} text-anchor="middle" font-size="10">
                {year}
              </text>
            </g>
          );
        })}
        {network && <line class="chart-mark" x1="0" x2={width} y1={mark} y2={mark} />}
      </svg>
    </div>
  );
}

/** A sum, and the number of participations whose amount is unknown. */
const Sum = ({ v, sum }: { v: Viewer; sum: KnownSum }) => (
  <td class="number">
    {euros(v, sum)}
    {sum.unknown > 0 && <span class="small muted"> {v.t('figures.unknown', { n: sum.unknown })}</span>}
  </td>
);

const Row = ({ v, one }: { v: Viewer; one: YearOfContributions }) => (
  <tr>
    <th scope="row">{one.year ?? v.t('figures.no-year')}</th>
    <td class="number">{numberTo(v.language, one.projects)}</td>
    <Sum v={v} sum={one.coordinated} />
    <Sum v={v} sum={one.joined} />
    <Sum v={v} sum={one.total} />
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
export function ContributionYears(shown: Shown) {
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
            {v.t('figures.network-2014', { amount: inShort(v, NETWORK_2014) })}
          </p>
          <Chart {...shown} />
          <p class="small legend">
            <span class="key chart-led" /> {v.t('figures.coordinated')} <span class="key chart-joined" />{' '}
            {v.t('figures.joined')}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-labelledby="contributions">
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
