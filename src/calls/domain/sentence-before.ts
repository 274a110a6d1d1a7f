/**
 * Longer than any relevant sentence; without a limit, a text without full stops would be reread in full for
 * each match.
 */
const MOST = 500;

/** Returns the text before a match within its sentence or line. */
export function sentenceBefore({ input, index }: RegExpExecArray): string {
  const before = input.slice(Math.max(0, index - MOST), index);
  return before.slice(Math.max(before.lastIndexOf('.'), before.lastIndexOf('\n')) + 1);
}

/** Requirements on recipients of the project's money do not apply to its applicants. */
export const THIRD_PARTIES = /\bthird[\s-]part(?:y|ies)\b|\bFSTP\b|\bsub-?grant/i;
