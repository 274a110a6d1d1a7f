/** Prints a line for the person who ran a command. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`);
