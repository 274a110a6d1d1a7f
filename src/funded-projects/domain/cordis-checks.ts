import { z } from 'zod';

/** PostgreSQL knows no year 0. */
const Day = z.iso.date().refine((day) => day >= '1900');
export const NUMBER = /^\d{1,15}$/;
/**
 * What stands in an index: a longer one is refused there, and would end the import. Nothing published comes
 * near.
 */
const LONGEST_KEY = 500;

/** Whether something is wrong with a row, and what that is. */
export type Check = [boolean, string];

/** The first thing that is wrong. */
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
