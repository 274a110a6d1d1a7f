import {
  budgetComparison,
  type BudgetComparison,
  type BudgetRow,
  type StatedTotal,
  totalAmong,
} from '../../domain/page/budget-comparison.js';
import { callOfTopic } from '../../domain/related-calls.js';
import { Money } from '../../../ui/parts.js';
import { numberTo } from '../../../i18n/message.js';
import { amountForPeople } from '../../domain/facts/budget.js';
import type { Viewer } from '../../../ui/viewer.js';
import { callPath, type CallModel } from './model.js';

/** Null if there is nothing to compare. */
export const budgetsOf = ({ call, context }: CallModel): BudgetComparison | null =>
  budgetComparison(call, context.sisters);

/** What the total stated by the call covers. */
export const statedOf = ({ call, context }: CallModel): StatedTotal =>
  callOfTopic(call) === null ? 'topic' : totalAmong(call, context.sisters);

function PerProject({ v, row: { min, max, currency } }: { v: Viewer; row: BudgetRow }) {
  if (currency === null || (min === null && max === null)) return <>{v.t('not-stated')}</>;
  const show = (amount: number): string => amountForPeople(amount, currency, v.language);
  if (min !== null && max !== null && min !== max)
    return (
      <>
        {show(min)} – {show(max)}
      </>
    );
  return <>{show((max ?? min)!)}</>;
}

function Row({ v, model, row }: { v: Viewer; model: CallModel; row: BudgetRow }) {
  const name = (
    <>
      {row.identifier && <code>{row.identifier}</code>} <span lang={model.call.language}>{row.title}</span>
    </>
  );
  return (
    <tr class={row.self ? 'self' : undefined}>
      <th scope="row">
        {row.self ? (
          <strong>
            {name} <span class="badge">{v.t('call.this-topic')}</span>
          </strong>
        ) : (
          <a href={callPath(model.institute, row.id)}>{name}</a>
        )}
      </th>
      <td class="number">
        <Money v={v} amount={row.total} currency={row.currency ?? 'EUR'} />
        {row.bar !== null && (
          <svg
            class="budget-bar"
            viewBox="0 0 100 6"
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
          >
            <rect class="bar-all" width="100" height="6" />
            <rect class="bar-score" width={(row.bar * 100).toFixed(1)} height="6" />
          </svg>
        )}
      </td>
      <td class="number">{row.grants === null ? v.t('not-stated') : numberTo(v.language, row.grants)}</td>
      <td class="number">
        <PerProject v={v} row={row} />
      </td>
    </tr>
  );
}

/** The topic's budget compared with the others of its call. */
export function Budgets({ v, model }: { v: Viewer; model: CallModel }) {
  const compared = budgetsOf(model)!;
  const { share, sum, pooled } = compared;
  return (
    <>
      {pooled !== null && <p>{v.t('call.pooled', { n: pooled })}</p>}
      {pooled === null && sum === null && <p>{v.t('call.not-summed')}</p>}
      {share !== null && sum && (
        <p>
          {v.t('call.share', {
            percent: numberTo(v.language, share * 100, 1),
            sum: amountForPeople(sum.amount, sum.currency, v.language),
            n: compared.rows.length,
          })}
        </p>
      )}
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="budgets">
        <table class="budgets">
          <thead>
            <tr>
              <th scope="col">{v.t('call.topic')}</th>
              <th scope="col" class="number">
                {v.t('call.total')}
              </th>
              <th scope="col" class="number">
                {v.t('record.projects')}
              </th>
              <th scope="col" class="number">
                {v.t('call.per-project')}
              </th>
            </tr>
          </thead>
          <tbody>
            {compared.rows.map((row) => (
              <Row key={row.id} v={v} model={model} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
