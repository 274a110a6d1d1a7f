import { QueryFailedError } from 'typeorm';

/** The values of a statement; `add` returns the placeholder of each. */
export class Values {
  readonly all: unknown[] = [];

  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/** Returns an ILIKE pattern for texts that contain this one, with its pattern characters escaped. */
export const containing = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;

/** Returns a stem as it stands in a tsquery. */
export const quotedLexeme = (lexeme: string): string =>
  `'${lexeme.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;

const UNIQUE_VIOLATION = '23505';
const POLICY_VIOLATION = '42501';

const codeOf = (error: unknown): string | undefined =>
  error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;

/** Whether a statement failed because a unique index has that value already. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === UNIQUE_VIOLATION;

/** Whether a statement failed because of a row that the session does not see. */
export const isHiddenRow = (error: unknown): boolean =>
  isUniqueViolation(error) || codeOf(error) === POLICY_VIOLATION;
