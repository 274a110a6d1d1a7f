/** How much a message shows. What it leaves out is counted or linked, never dropped silently. */
export interface Measure {
  /** Characters of all text differences together. */
  differences: number;
  /** What each call is about; the page of the call says it too. */
  summaries: boolean;
  passages: boolean;
  /** Three lines per call: its title, its reason, and its facts in a row. */
  brief: boolean;
  /** Further institutes that a call fits, and the subscriptions that brought it. */
  names: number;
  /** Dates per call. */
  dates: number;
  deadlines: number;
  /** Calls that merely opened. */
  opened: number;
  /** Titles of what else was published. */
  glance: number;
  /** Lines of each other list. */
  lines: number;
}

export const FULL: Measure = {
  differences: 4_000,
  summaries: true,
  passages: true,
  brief: false,
  names: 4,
  dates: 4,
  deadlines: 20,
  opened: 20,
  glance: 15,
  lines: 10,
};
/** For an e-mail with many calls, which people skim before opening one. */
export const BRIEF: Measure = { ...FULL, differences: 2_000, passages: false, brief: true, names: 2 };
/** For channels with little room, and for e-mails that mail programs would clip. */
export const SHORT: Measure = {
  differences: 1_200,
  summaries: false,
  passages: false,
  brief: false,
  names: 1,
  dates: 2,
  deadlines: 10,
  opened: 10,
  glance: 5,
  lines: 5,
};
