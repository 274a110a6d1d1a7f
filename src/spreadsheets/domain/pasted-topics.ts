import { cascadePagesIn } from '../../calls/domain/page/outside-pages.js';
import { identifiersIn, readLine, type SheetLine } from './line.js';

/** Separates topics on a line; a comma may also occur within a title. */
const BETWEEN = /[;\t]|,(?=\s*(?:[A-Z][A-Z0-9]+-|$))/;
const COLUMNS = ['key', 'identifier', 'title'] as const;

const isIdentifier = (text: string): boolean =>
  identifiersIn(text)[0] === text.toUpperCase() || cascadePagesIn(text).length > 0;

/**
 * Returns the topics of a line: identifiers separated by commas or spaces, titles only by semicolons, as they
 * may contain commas.
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
 * Parses pasted topics, one per line or several separated by commas or semicolons: identifiers, titles and
 * our own keys in any mix, without duplicates.
 */
export const pastedTopics = (text: string): string[] => [...new Set(text.split(/\r?\n/).flatMap(topicsOf))];

/** Reads a pasted topic like a line of a sheet. */
export const topicLine = (row: number, topic: string): SheetLine | null =>
  readLine(
    row,
    COLUMNS.map(() => topic),
    [...COLUMNS],
  );
