/**
 * No sentence that says of whom something is asked is longer; in a text without any full stop all of it would
 * be read again for each match.
 */
const MOST = 500;

/** What stands before a match in its own sentence or line. */
export function sentenceBefore({ input, index }: RegExpExecArray): string {
  const before = input.slice(Math.max(0, index - MOST), index);
  return before.slice(Math.max(before.lastIndexOf('.'), before.lastIndexOf('\n')) + 1);
}

/** What is asked of those who get money from the project is not asked of its applicants. */
export const THIRD_PARTIES = /\bthird[\s-]part(?:y|ies)\b|\bFSTP\b|\bsub-?grant/i;
