import { withoutNoteLists } from '../requirements.js';
import type { Mark, NoteRef } from './marking.js';

/** A section's text without its notes, the places that refer to notes, and the notes that stand below it. */
export interface Noted {
  text: string;
  refs: NoteRef[];
  notes: { id: string; number: number; text: string }[];
}

/** As the portal writes a note into a sentence. */
const INLINE = /\[\[((?:(?!\[\[|\]\])[\s\S])*)\]\]/g;
const NUMBER = /\[(\d{1,3})\]/g;

/** A reason leads to these words: they stay where they are. */
const isLedTo = (marks: readonly Mark[], start: number, end: number): boolean =>
  marks.some((mark) => mark.anchor && mark.start < end && mark.end > start);

const notesIn = (list: string, place: number): Noted['notes'] => {
  const numbers = [...list.matchAll(NUMBER)];
  return numbers.map(({ 0: written, 1: number, index }, i) => ({
    id: `note-${place}-${number}`,
    number: Number(number),
    text: list.slice(index + written.length, numbers[i + 1]?.index).trim(),
  }));
};

/**
 * Takes the footnotes out of the sections of a text: those within a sentence, and the numbered ones listed at
 * the end of this or a later section.
 */
export function withNotes(sections: readonly { text: string; marks: readonly Mark[] }[]): Noted[] {
  const bare = withoutNoteLists(sections).map(({ text }, i) => {
    const { text: whole, marks } = sections[i]!;
    return isLedTo(marks, text.length, whole.length) ? whole : text;
  });
  const lists = sections.map(({ text }, i) => notesIn(text.slice(bare[i]!.length), i));
  return sections.map(({ marks }, i) => {
    const text = bare[i]!;
    const notes = [...lists[i]!];
    const listed = lists.slice(i).find((list) => list.length > 0) ?? [];
    const refs = [...text.matchAll(NUMBER)].flatMap(({ 0: written, 1: number, index }) => {
      const note = listed.find((one) => one.number === Number(number));
      return note ? [{ start: index, end: index + written.length, id: note.id, number: note.number }] : [];
    });
    for (const { 0: written, 1: said, index } of text.matchAll(INLINE)) {
      const [start, end] = [index, index + written.length];
      if (isLedTo(marks, start, end)) continue;
      const number = Math.max(0, ...listed.map((n) => n.number), ...notes.map((n) => n.number)) + 1;
      notes.push({ id: `note-${i}-${number}`, number, text: said!.trim() });
      refs.push({ start, end, id: notes.at(-1)!.id, number });
    }
    return { text, refs, notes };
  });
}
