import { brusselsDate } from '../../kernel/brussels.js';
import { MOST_TASKS, type Task } from '../../pipeline/domain/tasks.js';
import { oneLine } from '../../kernel/one-line.js';
import { inEach } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { dayIn, plain } from './table.js';

export interface SheetNote {
  author: string;
  text: string;
  createdAt: Date;
}

export const byDate = (notes: SheetNote[]): SheetNote[] =>
  [...notes].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());

/** What no cell of a workbook holds; slides break lines by the vertical tab. */
const [BREAKS, NOT_IN_CELLS] = [/\r\n?|[\v\f]/g, /[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/g];

/** Normalises line breaks to one character, as in cells: browsers send two. */
const lines = (text: string): string => text.replace(BREAKS, '\n').replace(NOT_IN_CELLS, '');

const BULLET = '•';

/** Returns a note as shown in a cell. On reimport, this form tells existing notes from new text. */
export const noteBlock = ({ author, text, createdAt }: SheetNote): string =>
  `${BULLET} ${brusselsDate(createdAt)} ${author}: ${lines(text)}`;

/** What Windows' Western encoding lacks. */
const LACKING = /[^\u0000-\u007f\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu;

/**
 * Returns a text and what is left of it in an old encoding: Excel writes a question mark for each half of an
 * emoji, LibreOffice one for both.
 */
export const savedForms = (text: string): string[] => [
  text,
  ...new Set(
    text.search(LACKING) < 0
      ? []
      : [text.replace(LACKING, (letter) => '?'.repeat(letter.length)), text.replace(LACKING, '?')],
  ),
];

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
    this.texts ??= new Set(this.notes.flatMap((note) => savedForms(bare(note.text))));
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
    this.blocks ??= this.notes.flatMap((note) => savedForms(noteBlock(note)));
    const left = this.blocks.reduce((rest, block) => rest.replace(block, ''), text).trim();
    // A cell holds so many letters: the last note may be cut.
    return left !== '' && this.blocks.some((block) => block.startsWith(left)) ? '' : left;
  }
}

/** People of an institute by id. */
export type Names = ReadonlyMap<string, string>;

/** The context for importing tasks: the people named in them, new ids, and the time. */
export interface Office {
  people: Names;
  newId: () => string;
  at: Date;
}

const OPEN = '☐';
const DONE = '☑';
const DONE_ON = inEach('sheet-word.done-on');
const LONGEST_TEXT = 300;

/** Formats tasks for a cell, one per line: ☐ Draft the budget (Anne Martin, 2026-09-15). */
export const taskLines = (tasks: readonly Task[], people: Names, language: Language): string =>
  tasks
    .map(({ text, personId, due, doneAt }) => {
      const beside = [
        (personId !== null && people.get(personId)) || null,
        due,
        doneAt && `${DONE_ON[language]} ${brusselsDate(new Date(doneAt))}`,
      ].filter((part) => part !== null);
      return [
        doneAt === null ? OPEN : DONE,
        oneLine(text),
        ...(beside.length ? [`(${beside.join(', ')})`] : []),
      ].join(' ');
    })
    .join('\n');

/** Returns the lines of a cell of tasks, without the bullets before them; no bid has more of them. */
export const taskLinesIn = (cell: string): string[] =>
  cell
    .split('\n')
    .map((line) => line.replace(/^[\s•–*-]+/, '').trim())
    .filter((line) => line !== '')
    .slice(0, MOST_TASKS);

/** A task as a line describes it; what it does not mention is omitted. */
interface Told {
  text: string;
  personId?: string;
  due?: string;
  done?: boolean;
  doneOn?: string;
}

const MARK = /^(?:(☐|\[ ?\])|(☑|✓|✔|☒|\[[xX]\]))\s*/u;
const DONE_DAY = /^(?:done|fait le|fait) (\d{4}-\d{2}-\d{2})$/i;
const ONLY_A_DAY = /^[\d/.-]+$/;

/** Names have brackets of their own, but few. */
const MOST_BRACKETS = 5;

/** Parses what stands in brackets after a task; `rest` is neither a person nor a day. */
function besideIn(
  inside: string,
  idOf: ReadonlyMap<string, string>,
): Omit<Told, 'text'> & { rest: string[] } {
  const told: Omit<Told, 'text'> = {};
  const isPerson = (part: string): boolean => {
    const id = idOf.get(plain(part));
    if (id !== undefined) told.personId = id;
    return id !== undefined;
  };
  const others = inside.split(', ').filter((part) => {
    const doneOn = DONE_DAY.exec(part)?.[1];
    const due = ONLY_A_DAY.test(part) ? dayIn(part) : null;
    if (doneOn !== undefined) told.doneOn = doneOn;
    else if (due !== null) told.due = due;
    return doneOn === undefined && due === null;
  });
  // A name may hold what separates the parts: "Martin, Anne".
  const rest = isPerson(others.join(', ')) ? [] : others.filter((part) => !isPerson(part));
  return { ...told, rest };
}

/**
 * Parses the brackets after a task: a person, a due day, the day it was done. Anything else is part of the
 * text. A name may have brackets: of several readings, the shortest that leaves nothing over counts.
 */
function withoutBeside(text: string, idOf: ReadonlyMap<string, string>): Omit<Told, 'done'> {
  if (!text.endsWith(')')) return { text };
  const opens = [...text.matchAll(/\(/g)].map(({ index }) => index).slice(-MOST_BRACKETS);
  const all = opens.reverse().flatMap((from) => {
    const before = text.slice(0, from).trim();
    const { rest, ...told } = besideIn(text.slice(from + 1, -1), idOf);
    return before === '' ? [] : [{ before, rest, told }];
  });
  const read = all.find(({ rest }) => rest.length === 0) ?? all[0];
  if (!read) return { text };
  const { before, rest, told } = read;
  return { ...told, text: rest.length ? `${before} (${rest.join(', ')})` : before };
}

const alike = (text: string): string => oneLine(text).toLowerCase();
const cut = (text: string): string => text.slice(0, LONGEST_TEXT).trim();

/** An old encoding has no box, and Excel writes this sign in its place. */
const LOST_BOX = /^\?\s+/;

/** Parses a whole line in both possible ways: its brackets may be part of the text. */
function readings(line: string, idOf: ReadonlyMap<string, string>): [Told, Told] {
  const mark = MARK.exec(line);
  const done = mark ? { done: mark[2] !== undefined } : {};
  const text = oneLine(line.slice(mark?.[0].length ?? 0));
  const beside = withoutBeside(text, idOf);
  return [
    { ...beside, ...done, text: cut(beside.text) },
    { ...done, text: cut(text) },
  ];
}

/** Applies a cell to the tasks: those it names are updated, new ones are added, and others stay. */
export function withTasks(tasks: readonly Task[], lines: readonly string[], office: Office): Task[] {
  const idOf = new Map(
    [...office.people].flatMap(([id, name]) => savedForms(name).map((form) => [plain(form), id])),
  );
  const nameOf = (id: string | null): string => plain(office.people.get(id ?? '') ?? '');
  const after = [...tasks];
  const met = new Set<number>();
  for (const line of lines) {
    const both = readings(line, idOf);
    const all = LOST_BOX.test(line) ? [...both, ...readings(line.replace(LOST_BOX, ''), idOf)] : both;
    const at = (text: string): number =>
      after.findIndex(
        (t, i) => !met.has(i) && savedForms(t.text).some((form) => alike(form) === alike(text)),
      );
    const told = all.find(({ text }) => at(text) >= 0) ?? both[0];
    const place = at(told.text);
    const before = after[place] ?? {
      ...{ id: office.newId(), text: told.text, personId: null, due: null },
      doneAt: null,
    };
    if (told.text === '' || (place < 0 && after.length >= MOST_TASKS)) continue;
    const next: Task = {
      ...before,
      // Of two people of one name, the one who does it goes on doing it.
      personId:
        told.personId === undefined || nameOf(told.personId) === nameOf(before.personId)
          ? before.personId
          : told.personId,
      due: told.due ?? before.due,
      doneAt: doneAfter(before, told, office.at),
    };
    met.add(place < 0 ? after.length : place);
    after.splice(place < 0 ? after.length : place, 1, next);
  }
  return after;
}

/** When it was done: a sheet has only the day. */
function doneAfter({ doneAt }: Task, { done, doneOn }: Told, now: Date): string | null {
  if (done === undefined) return doneAt;
  if (!done) return null;
  if (doneOn === undefined) return doneAt ?? now.toISOString();
  return doneAt !== null && brusselsDate(new Date(doneAt)) === doneOn ? doneAt : `${doneOn}T12:00:00.000Z`;
}
