import { markedParagraphs, type Mark, type Paragraph, type Segment } from '../../domain/page/marking.js';

const COLOURS = 8;
const LETTERS = 26;

/** A competence's letter in the text: A for the one that contributes most, and so on. */
export const letterOf = (place: number): string =>
  place < LETTERS ? String.fromCharCode(65 + place) : String(place + 1);

/** Its colour; all competences from the eighth on share one, and their letters still tell them apart. */
export const colourOf = (place: number): string => `c${Math.min(place + 1, COLOURS)}`;

/** If several reasons link to one place, each has its own target there. */
const anchored = (text: string, anchors: number[]): preact.ComponentChild =>
  anchors.slice(1).reduceRight<preact.ComponentChild>((inner, n) => <span id={`r${n}`}>{inner}</span>, text);

/** A letter appears at the end of a competence's words, not between two adjacent marks of it. */
function Piece({
  segment: { text, competences, anchors, strong },
  next,
}: {
  segment: Segment;
  next: Segment | undefined;
}) {
  const [first] = competences;
  if (first === undefined) return <>{text}</>;
  const ending = competences.filter((c) => !next?.competences.includes(c));
  return (
    <mark
      class={strong ? `${colourOf(first)} strong` : colourOf(first)}
      data-c={ending.map(letterOf).join('')}
      id={anchors.length ? `r${anchors[0]}` : undefined}
    >
      {anchored(text, anchors)}
    </mark>
  );
}

/** One line of text with its marks. */
export const MarkedLine = ({ line }: { line: Paragraph }) => (
  <>
    {line.map((s, i) => (
      <Piece key={i} segment={s} next={line[i + 1]} />
    ))}
  </>
);

/** A field's text in paragraphs, with matches marked. */
export const MarkedText = ({ text, marks }: { text: string; marks: Mark[] }) => (
  <>
    {markedParagraphs(text, marks)
      .filter((line) => line.length > 0)
      .map((line, i) => (
        <p key={i}>
          <MarkedLine line={line} />
        </p>
      ))}
  </>
);
