/** The result of a fault as a table row, and whether it is good. Pure. */
const STACK = /\n\s+at \S+ \(|node_modules|\bDataSource\b|QueryFailedError/;
const seconds = (ms) => (ms === null || ms === undefined ? '–' : (ms / 1_000).toFixed(1));

export const HEAD = [
  '| fault | lost | doubled | wrong | in doubt | messages | ready after, s | sends after, s | slowest answer, s | meanwhile |',
  '|---|---|---|---|---|---|---|---|---|---|',
];

export function rowOf(title, shown) {
  if (shown === null) return `| ${title} | could not be tried to its end |`;
  if (shown.leftOut) return `| ${title} | left out: ${shown.leftOut} |`;
  const { lost, doubled, wrong, inDoubt, taken, backMs, sendsAgainMs, slowestMs, said } = shown;
  const figures = [lost.length, doubled.length, wrong.length, inDoubt.length, taken];
  return `| ${[title, ...figures, ...[backMs, sendsAgainMs, slowestMs].map(seconds), said].join(' | ')} |`;
}

/** Whether nothing was lost, doubled or wrong; a skipped fault has no result. */
export const isGood = (shown) =>
  shown !== null &&
  (Boolean(shown.leftOut) || [shown.lost, shown.doubled, shown.wrong].every((notes) => notes.length === 0));

/** Returns answers that must never occur: the program's own errors, its internals, or none at all. */
export const wrongOf = (answers) =>
  answers.flatMap(({ what, status, body, type, ms }) => {
    const about = `${what} answered ${status}`;
    if (status === 0) return [`${what} did not answer: ${body} after ${Math.round(ms)} ms`];
    if (status < 500) return [];
    if (status !== 503 && status !== 507) return [`${about}: ${body.slice(0, 200)}`];
    if (STACK.test(body)) return [`${about} with its inside: ${body.slice(0, 200)}`];
    if (['api', 'save'].includes(what) && !type.startsWith('application/problem+json'))
      return [`${about} as ${type}`];
    return what === 'health' || what === 'metrics' ? [about] : [];
  });
