import { cascadePagesIn } from '../../calls/domain/index.js';
import { identifiersIn, readLine, type SheetLine } from './line.js';

/** Between two topics of a line; within a title a comma may also stand between its words. */
const BETWEEN = /[;\t]|,(?=\s*(?:[A-Z][A-Z0-9]+-|$))/;
const COLUMNS = ['key', 'identifier', 'title'] as const;

const isIdentifier = (text: string): boolean =>
  identifiersIn(text)[0] === text.toUpperCase() || cascadePagesIn(text).length > 0;

/**
 * The topics of a line: identifiers by commas or blanks alone, titles by semicolons, for a title may hold
 * commas.
 */
function topicsOf(line: string): string[] {
  const words = line.split(/[\s,;]+/).filter(Boolean);
  if (words.length > 0 && words.every(isIdentifier)) return words;
  return line
    .split(BETWEEN)
    .map((topic) => topic.replace(/^[-•*\s]+/, '').replace(/(?<![,\s])[,\s]+$/, ''))
    .filter(Boolean);
}

/**
 * Topics as people paste them, one a line or several with commas or semicolons: identifiers, titles and our
 * own keys in any mix, each once.
 */
export const pastedTopics = (text: string): string[] => [...new Set(text.split(/\r?\n/).flatMap(topicsOf))];

/** What a topic names a call by. */
export const topicLine = (row: number, topic: string): SheetLine | null =>
  readLine(
    row,
    COLUMNS.map(() => topic),
    [...COLUMNS],
  );
