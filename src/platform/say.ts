/** How a command prints: its output, what is beside the output, and what went wrong. */
export interface Printer {
  say(text: string): void;
  note(text: string): void;
  complain(text: string): void;
}

const onStderr = (text: string): void => void process.stderr.write(`${text}\n`);
let printer: Printer = {
  say: (text) => void process.stdout.write(`${text}\n`),
  note: onStderr,
  complain: onStderr,
};

/** From now on all is printed by another printer: as entries of a log. */
export const printBy = (other: Printer): void => void (printer = other);

/** Returns a number with its word: "1 entry", "1,200 entries". */
export const counted = (n: number, one: string, several = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : several}`;

/** Prints a line for the person who ran a command. */
export const say = (text: string): void => printer.say(text);
/** Prints on standard error, because it is not part of the output. */
export const note = (text: string): void => printer.note(text);
/** Prints on standard error what went wrong. */
export const complain = (text: string): void => printer.complain(text);
