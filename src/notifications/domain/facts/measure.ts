/**
 * How much of a thing a message shows. What it leaves out is counted or stands behind a link, and nothing is
 * left out without a word.
 */
export interface Measure {
  /** Characters of the differences of all texts together. */
  differences: number;
  passages: boolean;
  /** Each call in three lines: its title, its reason, and its facts in a row. */
  brief: boolean;
  /** Institutes that a call fits too, and things followed that brought it. */
  names: number;
  /** Dates of one call. */
  dates: number;
  deadlines: number;
  /** Calls that merely opened. */
  opened: number;
  /** Titles of what else was published. */
  glance: number;
  /** Of each other list. */
  lines: number;
}

export const FULL: Measure = {
  differences: 4_000,
  passages: true,
  brief: false,
  names: 4,
  dates: 4,
  deadlines: 20,
  opened: 20,
  glance: 15,
  lines: 10,
};
/** For a mail of many calls, which is read from top to bottom before one of them is opened. */
export const BRIEF: Measure = { ...FULL, differences: 2_000, passages: false, brief: true, names: 2 };
/** For a channel of little room, and for a mail that mail programs would cut. */
export const SHORT: Measure = {
  differences: 1_200,
  passages: false,
  brief: false,
  names: 1,
  dates: 2,
  deadlines: 10,
  opened: 10,
  glance: 5,
  lines: 5,
};
