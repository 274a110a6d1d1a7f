/** A place in a field's text that a match found. */
export interface Mark {
  start: number;
  end: number;
  /** Which of the match's competences found it: its place among them, best first. */
  competence: number;
  /** The number of the reason that it belongs to. */
  reason: number;
  /** Whether it is the place to which its reason leads. */
  anchor: boolean;
  /** Whether it is one of the few passages that say most. */
  strong?: boolean;
}

/** A stretch of text that is all found by the same reasons; by none where the lists are empty. */
export interface Segment {
  text: string;
  competences: number[];
  reasons: number[];
  /** Reasons that lead here. */
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

/** One line; where a mark reaches over its end, the next line goes on with it. */
function lineOf(text: string, from: number, to: number, marks: Mark[]): Paragraph {
  const here = marks.filter((m) => m.start < to && m.end > from);
  const cuts = distinct([from, to, ...here.flatMap((m) => [Math.max(m.start, from), Math.min(m.end, to)])]);
  return cuts.slice(1).map((end, i) => segment(text, cuts[i]!, end, here));
}

/**
 * Where a source lost the break between two lines, as in "outcomes:Increased" or "residues.Validate". No
 * abbreviation is written so.
 */
const GLUED = /(?<=(?:\p{Ll}{2}|[)\]])[.:;])(?=\p{Lu}\p{Ll}+[\s,])/u;

/**
 * A field's text in paragraphs, cut where a mark begins or ends. A paragraph ends at a line break, and where
 * the text shows that its source lost one; nothing but line breaks is left out. Marks are UTF-16 offsets into
 * the text; they may overlap, and one that lies outside of it is left out.
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
