import { withoutNoteLists } from '../requirements.js';

/** A span of a field's text that a match found. */
export interface Mark {
  start: number;
  end: number;
  /** The competence that found it: its index in the match, best first. */
  competence: number;
  /** The number of its reason. */
  reason: number;
  /** Whether its reason links to it. */
  anchor: boolean;
  /** Whether it is one of the few strongest passages. */
  strong?: boolean;
}

/** A place of a text that refers to a note, instead of which its number is shown. */
interface NoteRef {
  start: number;
  end: number;
  /** Unique on the page. */
  id: string;
  number: number;
}

/** A run of text with the same reasons throughout; none if the lists are empty. */
export interface Segment {
  text: string;
  competences: number[];
  reasons: number[];
  /** The reasons that link here. */
  anchors: number[];
  strong?: true;
  /** The note whose number stands here instead of the text. */
  note?: NoteRef;
}

export type Paragraph = Segment[];

const liesIn = (text: string, { start, end }: Mark): boolean =>
  start >= 0 && start < end && end <= text.length;
const distinct = (numbers: number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

function segment(text: string, start: number, end: number, marks: Mark[], refs: readonly NoteRef[]): Segment {
  const note = refs.find((ref) => ref.start <= start && ref.end >= end);
  if (note)
    return { text: '', competences: [], reasons: [], anchors: [], ...(note.start === start && { note }) };
  const over = marks.filter((m) => m.start < end && m.end > start);
  return {
    text: text.slice(start, end),
    competences: distinct(over.map((m) => m.competence)),
    reasons: distinct(over.map((m) => m.reason)),
    anchors: distinct(over.filter((m) => m.anchor && m.start === start).map((m) => m.reason)),
    ...(over.some((m) => m.strong) && { strong: true as const }),
  };
}

/** One line; a mark that extends past its end continues on the next line. */
function lineOf(text: string, from: number, to: number, marks: Mark[], refs: readonly NoteRef[]): Paragraph {
  const here = marks.filter((m) => m.start < to && m.end > from);
  const noted = refs.filter((ref) => ref.start < to && ref.end > from);
  const cuts = distinct([
    from,
    to,
    ...[...here, ...noted].flatMap((m) => [Math.max(m.start, from), Math.min(m.end, to)]),
  ]);
  return cuts.slice(1).map((end, i) => segment(text, cuts[i]!, end, here, noted));
}

/**
 * A line break that the source lost, as in "outcomes:Increased" or "residues.Validate". No abbreviation looks
 * like this.
 */
const GLUED = /(?<=(?:\p{Ll}{2}|[)\]])[.:;])(?=\p{Lu}\p{Ll}+[\s,])/u;

/**
 * Splits a field's text into paragraphs and cuts them at the edges of marks. A paragraph ends at a line
 * break, or where the source visibly lost one; only line breaks are dropped. Marks are UTF-16 offsets into
 * the text; they may overlap, and those outside the text are ignored. Where the text refers to a note, the
 * segment names it.
 */
export function markedParagraphs(text: string, marks: Mark[], refs: readonly NoteRef[] = []): Paragraph[] {
  const sound = marks.filter((m) => liesIn(text, m));
  // A note may have several lines, and none of them ends the paragraph that refers to it.
  const read = refs.reduce(
    (all, { start, end }) => all.slice(0, start) + ']'.repeat(end - start) + all.slice(end),
    text,
  );
  let from = 0;
  return read.split('\n').flatMap((line) => {
    const paragraphs = line.split(GLUED).map((piece) => {
      const paragraph = lineOf(text, from, from + piece.length, sound, refs);
      from += piece.length;
      return paragraph;
    });
    from += 1;
    return paragraphs;
  });
}

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
