import type { STATUSES } from '../../calls/domain/status.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { amountForPeople } from '../../calls/domain/facts/budget.js';
import type { LabelsIn } from '../../profiles/domain/label-in.js';
import type { InboxQuery } from '../domain/inbox-filters.js';
import { dayText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';
import { filterText, type FilterName } from './inbox-address.js';

/** Returns the value of a filter in the reader's words. */
export function valueWords(v: Viewer, called: LabelsIn, name: FilterName, value: string): string {
  if (name === 'competence') return called(value);
  if (name === 'status')
    return value === 'any' ? v.t('inbox.status-any') : v.t(`status.${value as (typeof STATUSES)[number]}`);
  if (name === 'programme') return programmeName(value, v.language);
  if (name === 'days') return v.t('inbox.days', { n: Number(value) });
  if (name === 'minScore') return v.t('inbox.least', { n: Number(value) });
  if (name === 'budgetMin')
    return v.t('inbox.least', { n: amountForPeople(Number(value), 'EUR', v.language) });
  return name === 'deadlineAfter' || name === 'deadlineBefore' ? dayText(v, value) : value;
}

/** Returns an active filter, in words: "Type of action: IA". */
export function filterWords(v: Viewer, called: LabelsIn, query: InboxQuery, name: FilterName): string {
  if (name === 'changed') return v.t('inbox.filter.changed');
  return v.t('inbox.chip', {
    label: v.t(`inbox.filter.${name}`),
    value: valueWords(v, called, name, filterText(query, name)),
  });
}
