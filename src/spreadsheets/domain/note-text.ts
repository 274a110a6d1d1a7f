import { brusselsDate } from '../../kernel/brussels.js';

export interface SheetNote {
  author: string;
  text: string;
  createdAt: Date;
}

export const byDate = (notes: SheetNote[]): SheetNote[] =>
  [...notes].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());

/** Normalises line breaks to one character, as in cells: browsers send two. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n');

const BULLET = '•';

/** Returns a note as shown in a cell. On reimport, this form tells existing notes from new text. */
export const noteBlock = ({ author, text, createdAt }: SheetNote): string =>
  `${BULLET} ${brusselsDate(createdAt)} ${author}: ${lines(text)}`;

/** The suffix of an imported note. */
const ORIGIN = /\n\(Excel: [^\n]*\)$/;

/** Returns a note to store, with the file it came from. */
export const importedNote = (text: string, file: string): string =>
  `${text}\n(Excel: ${file.replace(/[\n()]/g, ' ').trim()})`;

const bare = (text: string): string => lines(text).replace(ORIGIN, '').trim();

/** The notes of a call, from which new text in the cells of a sheet is told. */
export class KnownNotes {
  private blocks: string[] | undefined;
  private texts: Set<string> | undefined;

  constructor(private readonly notes: readonly SheetNote[]) {}

  /** Returns the part of a cell that is in none of the notes, and is known from now on; null if none is. */
  newIn(cell: string): string | null {
    this.texts ??= new Set(this.notes.map((note) => bare(note.text)));
    const rest = this.withoutBlocks(lines(cell))
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .join('\n')
      .trim();
    if (rest === '' || this.texts.has(rest)) return null;
    this.texts.add(bare(rest));
    return rest;
  }

  private withoutBlocks(text: string): string {
    if (!text.includes(BULLET)) return text;
    this.blocks ??= this.notes.map(noteBlock);
    return this.blocks.reduce((left, block) => left.replace(block, ''), text);
  }
}
