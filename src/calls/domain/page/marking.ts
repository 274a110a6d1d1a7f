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

/** A run of text with the same reasons throughout; none if the lists are empty. */
export interface Segment {
  text: string;
  competences: number[];
  reasons: number[];
  /** The reasons that link here. */
  anchors: number[];
  strong?: true;
}

export type Paragraph = Segment[];

const liesIn = (text: string, { start, end }: Mark): boolean =>
  start >= 0 && start < end && end <= text.length;
const distinct = (numbers: number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

function segment(text: string, start: number, end: number, marks: Mark[]): Segment {
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
function lineOf(text: string, from: number, to: number, marks: Mark[]): Paragraph {
  const here = marks.filter((m) => m.start < to && m.end > from);
  const cuts = distinct([from, to, ...here.flatMap((m) => [Math.max(m.start, from), Math.min(m.end, to)])]);
  return cuts.slice(1).map((end, i) => segment(text, cuts[i]!, end, here));
}

/**
 * A line break that the source lost, as in "outcomes:Increased" or "residues.Validate". No abbreviation looks
 * like this.
 */
const GLUED = /(?<=(?:\p{Ll}{2}|[)\]])[.:;])(?=\p{Lu}\p{Ll}+[\s,])/u;

/**
 * Splits a field's text into paragraphs and cuts them at the edges of marks. A paragraph ends at a line
 * break, or where the source visibly lost one; only line breaks are dropped. Marks are UTF-16 offsets into
 * the text; they may overlap, and those outside the text are ignored.
 */
export function markedParagraphs(text: string, marks: Mark[]): Paragraph[] {
  const sound = marks.filter((m) => liesIn(text, m));
  let from = 0;
  return text.split('\n').flatMap((line) => {
    const paragraphs = line.split(GLUED).map((piece) => {
      const paragraph = lineOf(text, from, from + piece.length, sound);
      from += piece.length;
      return paragraph;
    });
    from += 1;
    return paragraphs;
  });
}
