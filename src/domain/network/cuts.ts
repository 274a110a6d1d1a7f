/** A stretch of a text, as UTF-16 offsets. */
export interface Stretch { start: number; end: number }

/** Where one statement of a list ends and the next begins, in the forms that calls are seen to use; each matches between two characters or over white space. */
const CUTS = [
  /\n/g,
  // "outcomes:Increased", "residues.Validate": the source lost a break.
  /(?<=(?:\p{Ll}{2}|[)\]’”'"])[.:;])(?=\p{Lu}\p{Ll}*[\s,-])/gu,
  // "outcomes:farmers", "chains;policy": the same before a small letter.
  /(?<=\p{Ll}{2}[:;])(?=\p{Ll}{2})/gu,
  /(?<=[\p{L}\d)\]’”];)(?=\p{L}{2})/gu,
  // "and securityReinforced competitiveness": no mark was left either. A word that begins small does not go on with a capital.
  /(?=\p{Lu}\p{Ll}{2,}[\s,])(?<=[\s(]\p{Ll}[\p{Ll}-]{2,})/gu,
  // "contribute to the following outcomes: a, b"
  /(?<=\b(?:following|outcomes?|impacts?|results?|objectives?|suivante?s?|résultats?|objectifs?)\b[^.:;\n]{0,60}:)\s+/giu,
  /(?<=\bfollowing (?:expected )?(?:outcomes?|impacts?|results?|objectives?)[.:]{0,2})\s*(?=\p{Lu})/giu,
  /(?:(?<!\s)\s+)?[•●▪◦‣·]\s*/gu,
  /;\s+/g,
];
/** "(1) a, (2) b" is a list from the second on; one alone is a reference. */
const NUMBER = /(?<=^|\n|[\s:;,.])\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)\s+/gu;
const OPENS = /[([]/g;
const CLOSES = /[)\]]/g;

const count = (text: string, form: RegExp): number => text.match(form)?.length ?? 0;

/** Whether a place lies within parentheses that were opened in the same line. */
function isInside(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return count(line, OPENS) > count(line, CLOSES);
}

function numbers(text: string): Stretch[] {
  const found = [...text.matchAll(NUMBER)].map((m) => ({ start: m.index, end: m.index + m[0].length })).filter((m) => !isInside(text, m.start));
  return found.length > 1 ? found : [];
}

/** A text cut where its lists are: lines, bullets, numbers, semicolons, and breaks that its source lost. Nothing but the marks of the lists is left out. */
export function cutAtLists(text: string): Stretch[] {
  const marks = CUTS.flatMap((form) => [...text.matchAll(form)].map((m) => ({ start: m.index, end: m.index + m[0].length })));
  const cuts = [...marks.filter((m) => !isInside(text, m.start)), ...numbers(text)].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: Stretch[] = [];
  let from = 0;
  for (const cut of [...cuts, { start: text.length, end: text.length }]) {
    if (cut.start > from) pieces.push({ start: from, end: cut.start });
    from = Math.max(from, cut.end);
  }
  return pieces;
}

/** A language that the platform does not know must not cost the reader the statement. */
const segmenterOf = (language: string): Intl.Segmenter => new Intl.Segmenter(/^[a-z]{2}$/i.test(language) ? language : 'en', { granularity: 'sentence' });

/** Where a full stop ends no sentence: after an abbreviation, and before a parenthesis is closed. */
const isCutShort = (sentence: string): boolean =>
  /\b(?:e\.g|i\.e|etc|cf|incl|no|nos|approx|art|vs|ex|p\. ex)\.\s*$/i.test(sentence) || count(sentence, OPENS) > count(sentence, CLOSES);

/** The sentences of a stretch. */
export function cutAtSentences(text: string, { start, end }: Stretch, language: string): Stretch[] {
  const sentences: Stretch[] = [];
  for (const { index, segment } of segmenterOf(language).segment(text.slice(start, end))) {
    const last = sentences.at(-1);
    if (last && isCutShort(text.slice(last.start, last.end))) last.end = start + index + segment.length;
    else sentences.push({ start: start + index, end: start + index + segment.length });
  }
  return sentences;
}

const LEAD = /^[\s\-–—*•:;,.]+(?:(?:and|or|et|ou)\s+)?|^(?:and|or|et|ou)\s+/u;
const TRAIL = /(?<![\s;,:])[\s;,:]+$/u;
/** What joins a point to the next one, at the end of a piece; longer white space than a few blanks is cut off with the mark before it. */
const JOINS = /[;,]\s+(?:and|or|and\/or|et|ou)$/iu;
const LONGEST_JOIN = 20;

/** The length of a piece without what ends it. Each turn looks at the last letters alone, since a piece may end with thousands of "or". */
function keptLength(piece: string): number {
  let end = piece.replace(TRAIL, '').length;
  for (;;) {
    const from = Math.max(0, end - LONGEST_JOIN);
    const last = piece.slice(from, end);
    const kept = last.replace(JOINS, '').replace(TRAIL, '').length;
    if (kept === last.length) return end;
    end = from + kept;
  }
}

/** The stretch without white space, bullets and what joins it to the next one. */
export function trimmed(text: string, { start, end }: Stretch): Stretch {
  const piece = text.slice(start, end);
  const lead = LEAD.exec(piece)?.[0].length ?? 0;
  return { start: start + lead, end: start + lead + keptLength(piece.slice(lead)) };
}
