import type { Stretch } from '../../calls/domain/sentences.js';

/**
 * Boundaries between the statements of a list, in the forms found in calls; each pattern matches between two
 * characters or over whitespace.
 */
const CUTS = [
  /\n/g,
  // "outcomes:Increased", "residues.Validate": the source lost a line break.
  /(?<=(?:\p{Ll}{2}|[)\]’”'"])[.:;])(?=\p{Lu}\p{Ll}*[\s,-])/gu,
  // "outcomes:farmers", "chains;policy": the same before a lower-case letter.
  /(?<=\p{Ll}{2}[:;])(?=\p{Ll}{2})/gu,
  /(?<=[\p{L}\d)\]’”];)(?=\p{L}{2})/gu,
  // "and securityReinforced competitiveness": the punctuation is lost too. A word that starts in lower case
  // contains no capital.
  /(?=\p{Lu}\p{Ll}{2,}[\s,])(?<=[\s(]\p{Ll}[\p{Ll}-]{2,})/gu,
  // "contribute to the following outcomes: a, b"
  /(?<=\b(?:following|outcomes?|impacts?|results?|objectives?|suivante?s?|résultats?|objectifs?)\b[^.:;\n]{0,60}:)\s+/giu,
  // With the i flag, \p{Lu} would match any letter and split "outcomes".
  /(?<=\b[Ff]ollowing (?:[Ee]xpected )?(?:[Oo]utcomes?|[Ii]mpacts?|[Rr]esults?|[Oo]bjectives?)[.:]{0,2})\s*(?=\p{Lu})/gu,
  /(?:(?<!\s)\s+)?[•●▪◦‣·]\s*/gu,
  /;\s+/g,
];
/** "(1) a, (2) b" is a list from the second number on; a single number is a reference. */
const NUMBER = /(?<=^|\n|[\s:;,.])\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)\s+/gu;
/** After a semicolon these continue the sentence: cutting there would leave half of one. */
const GOES_ON =
  /^\s*(?:as well as|in particular|especially|notably|including|such as|thereby|thus|hence|therefore|however|which|while|whereas|for (?:example|instance)|e\.g|i\.e|that is|ainsi que|notamment|en particulier|y compris|par exemple|c’est-à-dire)\b/iu;
/** The length of text searched for what joins one piece to the next. */
const LONGEST_JOIN = 20;
const OPENS = /[([]/g;
const CLOSES = /[)\]]/g;

const count = (text: string, form: RegExp): number => text.match(form)?.length ?? 0;

/** Whether a position is within parentheses opened on the same line. */
function isInside(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return count(line, OPENS) > count(line, CLOSES);
}

/** Whether the text after a semicolon continues the sentence before it. */
const goesOn = (text: string, { start, end }: Stretch): boolean =>
  (text[start - 1] === ';' || text[start] === ';') && GOES_ON.test(text.slice(end, end + LONGEST_JOIN));

/** Whether a list item ends here: with punctuation, even before a conjunction, or with its line. */
function isEnded(before: string): boolean {
  const said = before.trimEnd();
  return (
    before.slice(said.length).includes('\n') ||
    /[:;,.]$/.test(said.replace(/\s(?:and|or|et|ou)$/i, '').trimEnd())
  );
}

function numbers(text: string): Stretch[] {
  const found = [...text.matchAll(NUMBER)]
    .map((m) => ({ start: m.index, end: m.index + m[0].length }))
    .filter((m) => !isInside(text, m.start));
  // "by 1) a or 2) b" numbers the parts of one sentence.
  return found.slice(1).some((m) => isEnded(text.slice(Math.max(0, m.start - LONGEST_JOIN), m.start)))
    ? found
    : [];
}

/**
 * Splits a text at its lists: lines, bullets, numbers, semicolons, and breaks that its source lost. Only the
 * list markers are left out.
 */
export function cutAtLists(text: string): Stretch[] {
  const marks = CUTS.flatMap((form) =>
    [...text.matchAll(form)].map((m) => ({ start: m.index, end: m.index + m[0].length })),
  );
  const cuts = [...marks.filter((m) => !isInside(text, m.start) && !goesOn(text, m)), ...numbers(text)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
  const pieces: Stretch[] = [];
  let from = 0;
  for (const cut of [...cuts, { start: text.length, end: text.length }]) {
    if (cut.start > from) pieces.push({ start: from, end: cut.start });
    from = Math.max(from, cut.end);
  }
  return pieces;
}

const LEAD = /^[\s\-–—*•:;,.]+(?:(?:and|or|et|ou)\s+)?|^(?:and|or|et|ou)\s+/u;
const TRAIL = /(?<![\s;,:])[\s;,:]+$/u;
/**
 * The conjunction that joins one item to the next at the end of a piece; whitespace longer than a few blanks
 * is trimmed with the punctuation before it.
 */
const JOINS = /(?:[;,]\s+|\s)(?:and|or|and\/or|et|ou)$/iu;

/**
 * Returns a piece's length without its ending. Each iteration looks only at the last letters, because a piece
 * may end with thousands of "or".
 */
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

/** Returns the stretch without whitespace, bullets and the conjunction to the next one. */
export function trimmed(text: string, { start, end }: Stretch): Stretch {
  const piece = text.slice(start, end);
  const lead = LEAD.exec(piece)?.[0].length ?? 0;
  return { start: start + lead, end: start + lead + keptLength(piece.slice(lead)) };
}
