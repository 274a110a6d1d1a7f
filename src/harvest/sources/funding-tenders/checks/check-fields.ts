import { z } from 'zod';
import type { Seen } from '../../../domain/check.js';
import { Action } from '../actions.js';
import { portalDate } from '../../_kit/portal/portal-date.js';
import { Fields, type Row } from '../../_kit/portal/row.js';
import type { Kind } from '../search-request.js';

/** The form of a field, and the minimum share of rows that have it. */
interface Expected {
  least: number;
  form: (fields: Fields, field: string) => boolean;
}

const [ALWAYS, MOSTLY] = [1, 0.5];

const fine = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch {
    return false;
  }
};

const text: Expected['form'] = (fields, field) => fields.first(field) !== undefined;
const code: Expected['form'] = (fields, field) => /^\d+$/.test(fields.first(field) ?? '');
const dates: Expected['form'] = (fields, field) => fine(() => fields.all(field).map(portalDate));
const actions: Expected['form'] = (fields, field) => fine(() => fields.json(field, z.array(Action)));
const amount: Expected['form'] = (fields, field) => /^\d[\d\s\u00a0,.]*$/.test(fields.first(field) ?? '');
const currency: Expected['form'] = (fields, field) => /^[A-Z]{3}$/.test(fields.first(field) ?? '');

const always = (form: Expected['form']): Expected => ({ least: ALWAYS, form });
const mostly = (form: Expected['form']): Expected => ({ least: MOSTLY, form });

const OF_ALL = { title: always(text), type: always(code), status: always(code), deadlineDate: mostly(dates) };
const MONEY = { budget: mostly(amount), currency: mostly(currency) };

/** The fields from which a call of each kind is read. */
const EXPECTED: Record<Kind['name'], Record<string, Expected>> = {
  grants: {
    ...OF_ALL,
    identifier: always(text),
    callIdentifier: mostly(text),
    actions: mostly(actions),
    descriptionByte: mostly(text),
  },
  'external-actions': { ...OF_ALL, callIdentifier: mostly(text), ...MONEY },
  'cascade-calls': { ...OF_ALL, callTitle: mostly(text), callccm2Id: mostly(code), ...MONEY },
};

/** Returns what is wrong with a field in these rows; null if nothing is. */
function wrong(name: string, { least, form }: Expected, rows: Fields[]): string | null {
  const having = rows.filter((fields) => fields.first(name) !== undefined);
  const odd = having.filter((fields) => !form(fields, name));
  if (odd.length)
    return `${name} has another form in ${odd.length} of ${rows.length} rows: "${odd[0]!.first(name)!.slice(0, 60)}"`;
  return having.length < least * rows.length
    ? `${name} stands in ${having.length} of ${rows.length} rows`
    : null;
}

/** Whether rows of a kind have the fields that a call is read from, in the expected form. */
export function judgeFields(kind: Kind['name'], rows: Row[]): Seen {
  const read = rows.map((row) => new Fields(row.metadata));
  const expected = Object.entries(EXPECTED[kind]);
  const problems = expected.flatMap(([name, field]) => wrong(name, field, read) ?? []);
  return {
    seen: problems.length
      ? problems.join('; ')
      : `${expected.map(([name]) => name).join(', ')}, in ${rows.length} rows`,
    holds: !problems.length,
  };
}
