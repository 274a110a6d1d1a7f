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
}

/** A stretch of text that is all found by the same reasons; by none where the lists are empty. */
export interface Segment {
  text: string;
  competences: number[];
  reasons: number[];
  /** Reasons that lead here. */
  anchors: number[];
}

export type Paragraph = Segment[];

const liesIn = (text: string, { start, end }: Mark): boolean => start >= 0 && start < end && end <= text.length;
const distinct = (numbers: number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

function segment(text: string, start: number, end: number, marks: Mark[]): Segment {
  const over = marks.filter((m) => m.start < end && m.end > start);
  return {
    text: text.slice(start, end),
    competences: distinct(over.map((m) => m.competence)),
    reasons: distinct(over.map((m) => m.reason)),
    anchors: distinct(over.filter((m) => m.anchor && m.start === start).map((m) => m.reason)),
  };
}

/** One line; where a mark reaches over its end, the next line goes on with it. */
function lineOf(text: string, from: number, to: number, marks: Mark[]): Paragraph {
  const here = marks.filter((m) => m.start < to && m.end > from);
  const cuts = distinct([from, to, ...here.flatMap((m) => [Math.max(m.start, from), Math.min(m.end, to)])]);
  return cuts.slice(1).map((end, i) => segment(text, cuts[i]!, end, here));
}

/**
 * A field's text in paragraphs, cut where a mark begins or ends: the texts of all segments, with a line break between two
 * paragraphs, are the text. Marks are UTF-16 offsets into it; they may overlap, and one that lies outside of it is left out.
 */
export function markedParagraphs(text: string, marks: Mark[]): Paragraph[] {
  const sound = marks.filter((m) => liesIn(text, m));
  let from = 0;
  return text.split('\n').map((line) => {
    const paragraph = lineOf(text, from, from + line.length, sound);
    from += line.length + 1;
    return paragraph;
  });
}
