import { BOTTOM_UP_FORMS } from '../domain/bottom-up.js';

const OF_SCHEME = BOTTOM_UP_FORMS.map(
  ({ begins, form }) => `(k LIKE 'identifier ${begins}%' AND k ~ '^identifier ${form}')`,
).join(' OR ');

/**
 * Whether identity keys are those of a call that is open to every subject, by the domain's rule: in them an
 * identifier stands in small letters.
 */
export const bottomUpOfKeys = (keys: string): string =>
  `EXISTS (SELECT 1 FROM unnest(${keys}) k WHERE ${OF_SCHEME})`;

/**
 * Whether a call is open to every subject, as was seen when it was written: it is no match of a competence.
 */
export const bottomUpSql = (call = 'call'): string => `${call}.bottom_up`;
