import type { ComponentChildren } from 'preact';
import { ACTION_SHORTS } from '../../domain/call/action-short.js';
import { STATUSES } from '../../domain/call/status.js';
import { amountForPeople } from '../../domain/notification/budget.js';
import type { InboxQuery } from '../../features/reviews/inbox-query.js';
import type { InboxHead } from '../../features/reviews/inbox.js';
import { dayText } from '../kit/dates.js';
import { Field } from '../kit/parts.js';
import type { Viewer } from '../kit/viewer.js';
import { activeFilters, filterText, inboxAddress, inboxPath, type FilterName } from './inbox-address.js';

interface Shown { v: Viewer; head: InboxHead; query: InboxQuery; inside: boolean }
interface Choice { value: string; label: string }

const SCORES = [20, 40, 60, 80];
const DAYS = [14, 30, 60, 90, 180, 365];
const BUDGETS = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000];

/** How the value of a filter is told to the reader. */
function told(v: Viewer, name: FilterName, value: string): string {
  if (name === 'status') return value === 'any' ? v.t('inbox.status-any') : v.t(`status.${value as (typeof STATUSES)[number]}`);
  if (name === 'days') return v.t('inbox.days', { n: Number(value) });
  if (name === 'minScore') return v.t('inbox.least', { n: Number(value) });
  if (name === 'budgetMin') return v.t('inbox.least', { n: amountForPeople(Number(value), 'EUR', v.language) });
  return name === 'deadlineAfter' || name === 'deadlineBefore' ? dayText(v, value) : value;
}

function choicesOf(v: Viewer, name: FilterName, { head }: Shown): Choice[] {
  const values: Partial<Record<FilterName, (string | number)[]>> = {
    minScore: SCORES, status: [...STATUSES, 'any'], programme: head.programmes, typeOfAction: ACTION_SHORTS, competence: head.competences, days: DAYS, budgetMin: BUDGETS,
  };
  return values[name]!.map((value) => ({ value: String(value), label: told(v, name, String(value)) }));
}

/** A choice among values; one that stands in the address and is none of them is offered too. */
function Select({ name, shown, usual }: { name: FilterName; shown: Shown; usual?: string }) {
  const { v, query } = shown;
  const [value, choices] = [filterText(query, name), choicesOf(v, name, shown)];
  const all = value === '' || choices.some((c) => c.value === value) ? choices : [...choices, { value, label: told(v, name, value) }];
  return (
    <Field id={`f-${name}`} label={v.t(`inbox.filter.${name}`)}>
      <select id={`f-${name}`} name={name}>
        <option value="" selected={value === ''}>{usual ?? v.t('inbox.any')}</option>
        {all.map((c) => <option key={c.value} value={c.value} selected={c.value === value}>{c.label}</option>)}
      </select>
    </Field>
  );
}

const Day = ({ name, shown: { v, query } }: { name: 'deadlineAfter' | 'deadlineBefore'; shown: Shown }) => (
  <Field id={`f-${name}`} label={v.t(`inbox.filter.${name}`)}><input id={`f-${name}`} type="date" name={name} value={filterText(query, name)} /></Field>
);

function Chips({ v, head, query }: Shown) {
  const active = activeFilters(query);
  if (active.length === 0) return null;
  const label = (name: FilterName): string => (name === 'changed' ? v.t('inbox.filter.changed') : v.t('inbox.chip', { label: v.t(`inbox.filter.${name}`), value: told(v, name, filterText(query, name)) }));
  return (
    <nav class="chips" aria-label={v.t('inbox.active')}>
      <ul>
        {active.map((name) => (
          <li key={name}><a class="chip" href={inboxAddress(head.id, query, { [name]: null })}>{label(name)} <span aria-hidden="true">×</span><span class="hidden-visually">, {v.t('inbox.chip-remove')}</span></a></li>
        ))}
        {active.length > 1 && <li><a href={inboxAddress(head.id, { state: query.state })}>{v.t('inbox.chips-clear')}</a></li>}
      </ul>
    </nav>
  );
}

const Row = ({ children }: { children: ComponentChildren }) => <div class="filter-grid">{children}</div>;

/** The filters as a form whose values stand in the page's address, and what is set of them. */
export function Filters(shown: Shown) {
  const { v, head, query, inside } = shown;
  return (
    <div class="no-print">
      <form class="filters card" method="get" action={inboxPath(head.id)} role="search">
        {query.state !== 'undecided' && <input type="hidden" name="state" value={query.state} />}
        <div class="search-line">
          <Field id="f-q" label={v.t('inbox.filter.q')}><input id="f-q" type="search" name="q" value={filterText(query, 'q')} maxLength={500} /></Field>
          <button type="submit">{v.t('inbox.apply')}</button>
        </div>
        <details>
          <summary>{v.t('inbox.filters')}</summary>
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
          {inside && <label class="choice"><input type="checkbox" name="changed" value="true" checked={query.changed === true} /> {v.t('inbox.filter.changed')}</label>}
        </details>
      </form>
      <Chips {...shown} />
    </div>
  );
}
