import { BOTTOM_UP_FORMS } from '../domain/bottom-up.js';

const OF_SCHEME = BOTTOM_UP_FORMS.map(
  ({ begins, form }) => `(k LIKE 'identifier ${begins}%' AND k ~ '^identifier ${form}')`,
).join(' OR ');

/**
 * Whether identity keys are those of a call open to any subject, by the domain's rule: their identifiers are
 * lower case.
 */
export const bottomUpOfKeys = (keys: string): string =>
  `EXISTS (SELECT 1 FROM unnest(${keys}) k WHERE ${OF_SCHEME})`;

/** Whether a call was open to any subject when it was written: it does not match by competence. */
export const bottomUpSql = (call = 'call'): string => `${call}.bottom_up`;
