import type { Noted } from '../../domain/page/footnotes.js';
import { markedParagraphs, type Mark, type Paragraph, type Segment } from '../../domain/page/marking.js';
import { webAddress } from '../../../kernel/web-address.js';
import type { Viewer } from '../../../ui/viewer.js';

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
  segment: { text, competences, anchors, strong, note },
  next,
}: {
  segment: Segment;
  next: Segment | undefined;
}) {
  const [first] = competences;
  if (note)
    return (
      <sup>
        <a href={`#${note.id}`}>{note.number}</a>
      </sup>
    );
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

/** The notes of a section, below it. */
const Notes = ({ v, notes }: { v: Viewer; notes: Noted['notes'] }) => (
  <ol class="footnotes small" aria-label={v.t('call.footnotes')}>
    {notes.map(({ id, number, text }) => {
      const address = webAddress(text);
      return (
        <li key={id} id={id} value={number}>
          {address === null ? text : <a href={address}>{text}</a>}
        </li>
      );
    })}
  </ol>
);

/** A section's text in paragraphs, with matches marked and its notes below. */
export const MarkedText = ({ v, noted, marks }: { v: Viewer; noted: Noted; marks: Mark[] }) => (
  <>
    {markedParagraphs(noted.text, marks, noted.refs)
      .filter((line) => line.length > 0)
      .map((line, i) => (
        <p key={i}>
          <MarkedLine line={line} />
        </p>
      ))}
    {noted.notes.length > 0 && <Notes v={v} notes={noted.notes} />}
  </>
);
