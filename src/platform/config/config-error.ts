/** An invalid configuration. The message is for the person who wrote it, and is printed unchanged. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    const heading = problems.length === 1 ? 'There is 1 problem' : `There are ${problems.length} problems`;
    super([`${heading} in the configuration:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'ConfigError';
    // The position in our code does not help that person; without this, an uncaught error prints a stack.
    this.stack = this.message;
  }
}

/** Throws one ConfigError with all problems, if there are any. */
export function refuse(problems: string[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}
