import { brusselsDate } from '../../calls/domain/index.js';

export interface SheetNote {
  author: string;
  text: string;
  createdAt: Date;
}

export const byDate = (notes: SheetNote[]): SheetNote[] =>
  [...notes].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());

/** With one letter at each end of a line, as cells have it: a browser sends two. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n');

/**
 * A note as a cell shows it. When the sheet comes back, what it brought is told from what is new by this
 * form.
 */
export const noteBlock = ({ author, text, createdAt }: SheetNote): string =>
  `• ${brusselsDate(createdAt)} ${author}: ${lines(text)}`;

/** Stands at the end of a note that came with a sheet. */
const ORIGIN = /\n\(Excel: [^\n]*\)$/;

/** A note as it is kept, with the file that it came from. */
export const importedNote = (text: string, file: string): string =>
  `${text}\n(Excel: ${file.replace(/[\n()]/g, ' ').trim()})`;

const bare = (text: string): string => lines(text).replace(ORIGIN, '').trim();

/** What a cell says that no note of the call says yet; null where nothing is new. */
export function newNote(cell: string, notes: SheetNote[]): string | null {
  const rest = notes
    .reduce((left, note) => left.replace(noteBlock(note), ''), lines(cell))
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
    .trim();
  const known = notes.map((note) => bare(note.text));
  return rest === '' || known.includes(rest) ? null : rest;
}
