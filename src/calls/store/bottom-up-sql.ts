import { BOTTOM_UP_FORMS } from '../domain/bottom-up.js';

const OF_SCHEME = BOTTOM_UP_FORMS.map(
  ({ begins, form }) => `(k LIKE 'identifier ${begins}%' AND k ~ '^identifier ${form}')`,
).join(' OR ');

/** Whether a call is open to every subject, by the domain's rule: it is no match of a competence. In its identity keys an identifier stands in small letters, and they are cheaper to read than what it says. */
export const bottomUpSql = (call = 'call'): string =>
  `EXISTS (SELECT 1 FROM unnest(${call}.identity_keys) k WHERE ${OF_SCHEME})`;
