/** Prints a line for whoever ran a command. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`);
