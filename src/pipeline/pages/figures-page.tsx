import { amountForPeople } from '../../calls/domain/facts/budget.js';
import { LEAST_CASES, type Rate } from '../../kernel/rate.js';
import { LEAST_INSTITUTES } from '../domain/figures.js';
import type { Period } from '../pipeline-figures.js';
import { withQuery } from '../../ui/query.js';
import { numberTo } from '../../i18n/formats.js';
import type { Viewer } from '../../ui/viewer.js';
import { ContributionYears } from './contribution-years.js';
import { activityRows, moneyRows, rateGroups, type Counted, type RateGroup } from './figures-rows.js';

export interface FiguresShown extends Counted {
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
      <div class="scroll" tabIndex={0} role="region" aria-labelledby={id}>
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

function MoneyTable({ v, figures, network }: FiguresShown) {
  const rows = moneyRows(v, figures);
  return (
    <section class="card" aria-labelledby="money">
      <h2 id="money">{v.t('figures.money')}</h2>
      {rows.length === 0 ? (
        <p class="muted">{v.t('figures.none')}</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-labelledby="money">
          <table>
            <thead>
              <tr>
                <th scope="col">{v.t('figures.what')}</th>
                <th scope="col" class="number">
                  {v.t('figures.requested')}
                </th>
                <th scope="col" class="number">
                  {v.t(network ? 'figures.share-network' : 'figures.share')}
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
                  <td class="number">{amountForPeople(requested, currency, v.language)}</td>
                  <td class="number">{amountForPeople(share, currency, v.language)}</td>
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
      <button type="submit">{v.t('pipeline.filter.show')}</button>
      <a href={withQuery(`${path}.xlsx`, { ...period })}>Excel</a>
    </form>
  );
}

/** Figures of an institute, or of the network. */
export function FiguresPage(shown: FiguresShown) {
  const { v, figures, network } = shown;
  const values = { least: LEAST_CASES, institutes: LEAST_INSTITUTES };
  const groups = rateGroups(v, shown);
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
      {groups.map(
        (group, i) =>
          group.rates.length > 0 && <Rates key={group.title} v={v} group={group} id={`rates-${i}`} />,
      )}
      <MoneyTable {...shown} />
      <ContributionYears {...shown} />
    </>
  );
}
