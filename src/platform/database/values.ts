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

const UNIQUE_VIOLATION = '23505';

/** Whether a statement failed because a unique index has that value already. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION;
