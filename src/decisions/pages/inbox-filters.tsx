import type { ComponentChildren } from 'preact';
import { ACTION_SHORTS } from '../../calls/domain/action-code.js';
import { STATUSES } from '../../calls/domain/status.js';
import { labelsIn } from '../../profiles/domain/label-in.js';
import type { InboxQuery } from '../domain/inbox-filters.js';
import type { InboxHead } from '../inbox.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { filterWords, valueWords } from './filter-words.js';
import { activeFilters, filterText, inboxAddress, inboxPath, type FilterName } from './inbox-address.js';

interface Shown {
  v: Viewer;
  head: InboxHead;
  query: InboxQuery;
  inside: boolean;
}
interface Choice {
  value: string;
  label: string;
}

const SCORES = [20, 40, 60, 80];
const DAYS = [14, 30, 60, 90, 180, 365];
const BUDGETS = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000];

function choicesOf(v: Viewer, name: FilterName, { head }: Shown): Choice[] {
  const values: Partial<Record<FilterName, readonly (string | number)[]>> = {
    minScore: SCORES,
    status: [...STATUSES, 'any'],
    programme: head.programmes,
    typeOfAction: ACTION_SHORTS,
    competence: head.competences.map((c) => c.label),
    days: DAYS,
    budgetMin: BUDGETS,
  };
  return values[name]!.map((value) => ({
    value: String(value),
    label: valueWords(v, labelsIn(head.competences, v.language), name, String(value)),
  }));
}

/** A select; a value from the URL that is not an option is added. */
function Select({ name, shown, usual }: { name: FilterName; shown: Shown; usual?: string }) {
  const { v, head, query } = shown;
  const [value, choices] = [filterText(query, name), choicesOf(v, name, shown)];
  const all =
    value === '' || choices.some((c) => c.value === value)
      ? choices
      : [...choices, { value, label: valueWords(v, labelsIn(head.competences, v.language), name, value) }];
  return (
    <Field id={`f-${name}`} label={v.t(`inbox.filter.${name}`)}>
      <select id={`f-${name}`} name={name}>
        <option value="" selected={value === ''}>
          {usual ?? v.t('inbox.any')}
        </option>
        {all.map((c) => (
          <option key={c.value} value={c.value} selected={c.value === value}>
            {c.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

const Day = ({ name, shown: { v, query } }: { name: 'deadlineAfter' | 'deadlineBefore'; shown: Shown }) => (
  <Field id={`f-${name}`} label={v.t(`inbox.filter.${name}`)}>
    <input id={`f-${name}`} type="date" name={name} value={filterText(query, name)} />
  </Field>
);

/** The active filters, each removable. */
export function Chips({ v, head, query }: Shown) {
  const active = activeFilters(query);
  if (active.length === 0) return null;
  return (
    <nav class="chips no-print" aria-label={v.t('inbox.active')}>
      <ul>
        {active.map((name) => (
          <li key={name}>
            <a class="chip" href={inboxAddress(head.id, query, { [name]: null })}>
              {filterWords(v, labelsIn(head.competences, v.language), query, name)}{' '}
              <span aria-hidden="true">×</span>
              <span class="hidden-visually">, {v.t('inbox.chip-remove')}</span>
            </a>
          </li>
        ))}
        {active.length > 1 && (
          <li>
            <a href={inboxAddress(head.id, { state: query.state })}>{v.t('inbox.chips-clear')}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}

const Row = ({ children }: { children: ComponentChildren }) => <div class="filter-grid">{children}</div>;

/** The filters as a form whose values are in the page's URL. */
export function Filters(shown: Shown) {
  const { v, head, query, inside } = shown;
  const set = activeFilters(query).filter((name) => name !== 'q').length;
  return (
    <form class="filters" method="get" action={inboxPath(head.id)} role="search">
      {query.state !== 'undecided' && <input type="hidden" name="state" value={query.state} />}
      <div class="search-line">
        <label for="f-q">{v.t('inbox.filter.q')}</label>
        <input id="f-q" type="search" name="q" value={filterText(query, 'q')} maxLength={500} />
        <button type="submit">{v.t('inbox.apply')}</button>
      </div>
      <details>
        <summary>
          {v.t('inbox.filters')}
          {set > 0 && ` (${set})`}
        </summary>
        <Row>
          <Select name="minScore" shown={shown} usual={v.t('inbox.least-usual', { n: head.minScore })} />
          <Select name="days" shown={shown} />
          <Select name="typeOfAction" shown={shown} />
          <Select name="budgetMin" shown={shown} />
          <Select name="programme" shown={shown} />
          <Select name="competence" shown={shown} />
          <Select name="status" shown={shown} usual={v.t('inbox.status-usual')} />
          <Day name="deadlineAfter" shown={shown} />
          <Day name="deadlineBefore" shown={shown} />
        </Row>
        {inside && (
          <label class="choice">
            <input type="checkbox" name="changed" value="true" checked={query.changed === true} />{' '}
            {v.t('inbox.filter.changed')}
          </label>
        )}
      </details>
    </form>
  );
}
