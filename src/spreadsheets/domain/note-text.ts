import { brusselsDate } from '../../calls/domain/index.js';

export interface SheetNote {
  author: string;
  text: string;
  createdAt: Date;
}

export const byDate = (notes: SheetNote[]): SheetNote[] =>
  [...notes].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());

/** Normalises line breaks to one character, as in cells: browsers send two. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Returns a note as shown in a cell. On reimport, this form tells existing notes from new text. */
export const noteBlock = ({ author, text, createdAt }: SheetNote): string =>
  `• ${brusselsDate(createdAt)} ${author}: ${lines(text)}`;

/** The suffix of an imported note. */
const ORIGIN = /\n\(Excel: [^\n]*\)$/;

/** Returns a note to store, with the file it came from. */
export const importedNote = (text: string, file: string): string =>
  `${text}\n(Excel: ${file.replace(/[\n()]/g, ' ').trim()})`;

const bare = (text: string): string => lines(text).replace(ORIGIN, '').trim();

/** Returns the part of a cell that is in none of the call's notes; null if nothing is new. */
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
