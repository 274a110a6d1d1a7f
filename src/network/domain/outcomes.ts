import { cutAtSentences, type Stretch } from '../../calls/domain/visible-text.js';
import type { CallContent } from '../../calls/domain/call-content.js';
import type { Section } from '../../calls/domain/parsed-call.js';

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
function cutAtLists(text: string): Stretch[] {
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
function trimmed(text: string, { start, end }: Stretch): Stretch {
  const piece = text.slice(start, end);
  const lead = LEAD.exec(piece)?.[0].length ?? 0;
  return { start: start + lead, end: start + lead + keptLength(piece.slice(lead)) };
}

/** One outcome that a call expects, with its position: the field's text.slice(start, end) is `text`. */
export interface Statement extends Stretch {
  /** `sections.N`, as in evidence. */
  field: string;
  text: string;
}

/** The part of a call that is read. */
export type Stated = Pick<CallContent, 'language' | 'sections'>;

/** More would be a work programme, not a list to build a team from; hardly any call has more. */
export const MOST_STATEMENTS = 12;

const FEWEST_WORDS = 3;
const FEWEST_LETTERS = 15;
/** A longer stretch is prose if the text has no list at all. */
const LONG = 200;

/** "Project results are expected to contribute to all of the following expected outcomes": a list follows. */
const LEADING_IN = /\b(?:following|below|suivante?s?|ci-dessous)\b/i;
const ABOUT_LISTS =
  /\b(?:outcomes?|impacts?|results?|objectives?|résultats?|objectifs?|activities|topics?)\b/i;

/**
 * "Successful proposals will contribute to the Bioeconomy Strategy and the Clean Industrial Deal": names
 * policies, not outcomes.
 */
const PREAMBLE =
  /^(?:(?:successful |all )?(?:activities|actions?|projects?|proposals?|results|the (?:successful )?(?:topic|proposal|project|action)s?)\b|(?:in (?:line|support|accordance)|aligned|to support|building on|under this topic)\b)/i;
const POLICY =
  /\b(?:Strategy|Deal|Missions?|Plan|Acts?|Pact|Directive|Regulation|Agreement|Policy|Package|Partnership|Vision)\b/u;
const isPreamble = (text: string): boolean => PREAMBLE.test(text) && POLICY.test(text);

/** In prose, only sentences that say what is to be done count. */
const TASK =
  /\b(?:should|shall|must|will|aims?|expected|objectives?|goal|need(?:s|ed)? to|invites?|supports?|focus(?:es)?|address(?:es)?|develop\w*|doi(?:t|vent)|devr(?:a|ont)|vis(?:e|ent)|objectifs?|attendu\w*|soutien\w*|développ\w*)\b/i;
/** How to apply is not a task of the project. */
const FORMALITY =
  /\b(?:applicants?|eligib\w+|admissib\w+|lump sum|deadline|grant agreement|work programme|page limit|award criteri\w+|evaluat(?:ed|ors)|beneficiar\w+|annex|candidats?|éligib\w+|subvention|bénéficiaires?|contestants?|prizes?|applications?|submitted|STEP|SSH|gender dimension|third part(?:y|ies))\b|\bEUR\b|€|https?:/i;

/** Used without expected outcomes: the first of these kinds that says anything. */
const INSTEAD: Section['kind'][] = [
  'objective',
  'scope',
  'summary',
  'expected-impact',
  'specific-challenge',
  'other',
];

/** Whether the last sentence of a text introduces what follows. */
function leadsIn(text: string): boolean {
  const said = text.replace(/[.:]$/, '');
  return LEADING_IN.test(said.slice(Math.max(said.lastIndexOf('.'), said.lastIndexOf(';')) + 1));
}

const isStatement = (text: string): boolean =>
  text.length >= FEWEST_LETTERS &&
  text.split(/\s+/).length >= FEWEST_WORDS &&
  !(leadsIn(text) && ABOUT_LISTS.test(text));

function statementsIn(text: string, language: string): Stretch[] {
  const pieces = cutAtLists(text)
    .filter((s) => !/:\s*$/.test(text.slice(s.start, s.end)))
    .map((s) => trimmed(text, s));
  const said = pieces.filter((s) => isStatement(text.slice(s.start, s.end)));
  // Two or more are a list, whose items may have several sentences each.
  if (said.length > 1 || said.every((s) => s.end - s.start <= LONG)) return said;
  return said
    .flatMap((s) => cutAtSentences(text, s, language))
    .map((s) => trimmed(text, s))
    .filter((s) => isStatement(text.slice(s.start, s.end)));
}

function tasksIn(text: string, language: string): Stretch[] {
  const sentences = cutAtLists(text)
    .flatMap((s) => cutAtSentences(text, s, language))
    .map((s) => trimmed(text, s));
  return sentences.filter((s) => {
    const said = text.slice(s.start, s.end);
    return isStatement(said) && TASK.test(said) && !FORMALITY.test(said);
  });
}

function ofKind({ language, sections }: Stated, kind: Section['kind'], read: typeof tasksIn): Statement[] {
  return sections.flatMap((section, i) =>
    section.kind === kind
      ? read(section.text, language).map((s): Statement => ({
          ...s,
          field: `sections.${i}`,
          text: section.text.slice(s.start, s.end),
        }))
      : [],
  );
}

function eachOnce(statements: Statement[]): Statement[] {
  const seen = new Set<string>();
  return statements.filter(({ text }) => !seen.has(text.toLowerCase()) && seen.add(text.toLowerCase()));
}

/**
 * Returns a call's expected outcomes as single statements in the order of the text; if it names none, the
 * tasks in its objective, scope or summary.
 */
export function outcomesOf(call: Stated): Statement[] {
  const named = ofKind(call, 'expected-outcome', statementsIn);
  const outcomes = named.filter(({ text }) => !isPreamble(text));
  const tasks = INSTEAD.map((kind) => ofKind(call, kind, tasksIn)).find((all) => all.length > 0) ?? [];
  // A call that names only policies keeps those.
  const [first = []] = [outcomes, named, tasks].filter((all) => all.length > 0);
  return eachOnce(first).slice(0, MOST_STATEMENTS);
}
