/**
 * Configuration that cannot be started with. The message is meant for the person who wrote it, printed as it
 * is.
 */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    const heading = problems.length === 1 ? 'There is 1 problem' : `There are ${problems.length} problems`;
    super([`${heading} in the configuration:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'ConfigError';
    // Where in our code it was found tells the person nothing: without this, an uncaught one prints a stack.
    this.stack = this.message;
  }
}

/** Throws one ConfigError with all problems, if there are any. */
export function refuse(problems: string[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}
