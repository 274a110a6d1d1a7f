import { z } from 'zod';

/** PostgreSQL has no year 0. */
const Day = z.iso.date().refine((day) => day >= '1900');
export const NUMBER = /^\d{1,15}$/;
/**
 * The maximum length of an indexed value. PostgreSQL rejects longer index entries, which would end the
 * import; no published value comes close.
 */
const LONGEST_KEY = 500;

/** Whether a row is invalid, and the reason. */
export type Check = [boolean, string];

/** Returns the reason of the first failed check. */
export const wrong = (checks: Check[]): string | null => checks.find(([bad]) => bad)?.[1] ?? null;
export const noNumber = (column: string, text: string): Check => [
  !NUMBER.test(text),
  `${column} is "${text.slice(0, 40)}", which is no project number`,
];
export const missing = (column: string, text: string): Check => [text === '', `${column} is empty`];
export const noDay = (column: string, text: string): Check => [
  text !== '' && !Day.safeParse(text).success,
  `${column} is "${text.slice(0, 40)}", which is no day`,
];
export const tooLong = (column: string, text: string): Check => [
  text.length > LONGEST_KEY,
  `${column} has ${text.length} characters, and ${LONGEST_KEY} is the most`,
];
export const noAmount = (column: string, amount: number | null | undefined, text: string): Check => [
  amount === undefined,
  `${column} is "${text.slice(0, 40)}", which is no amount`,
];
export const noFlag = (column: string, flag: boolean | null | undefined, text: string): Check => [
  flag === undefined,
  `${column} is "${text.slice(0, 40)}", which is neither true nor false`,
];
