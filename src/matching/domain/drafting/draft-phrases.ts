import { isEnglishVerb, isFrenchVerb, isHollow } from './draft-words.js';
import { Terminology } from '../analysis/terminology.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import type { Steps } from '../../../kernel/time-slices.js';

/** A piece of a description about one subject, with its heading. */
export interface Block {
  label: string | null;
  text: string;
}

interface Line {
  kind: 'heading' | 'bullet' | 'text';
  text: string;
}

const BULLET = /^(?:[-–—•*·▪◦‣●➢✓]|\d{1,2}[.)]|[a-z]\))\s*(?=\S)/;
const LONGEST_HEADING = 90;
const SHORTEST_NAME = 3;
/** A shorter paragraph is a sentence surrounded by white space. */
const LONG_PARAGRAPH = 160;
/** Between two sentences, but not after an abbreviation or an initial. */
const BETWEEN_SENTENCES =
  /(?<=[.!?])(?<!\b(?:[Ee]\.g|[Ii]\.e|[Ee]x|[Cc]f|vs|etc|[A-Z])\.)\s+(?=[\p{Lu}\d«“"])/u;

const words = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
/** "Our competences", « Domaines d'expertise »: a heading that names no subject. */
const saysNothing = (heading: string): boolean =>
  words(heading)
    .flatMap((w) => w.split(/['’]/))
    .every(isHollow);

function linesOf(text: string): Line[] {
  const raw = text.split(/\r?\n/).map((l) => l.trim());
  const filled = raw.filter(Boolean);
  const isList = filled.length > 2 && filled.every((l) => l.length <= LONGEST_HEADING);
  return raw.flatMap((line, i): Line[] => {
    if (!line) return [];
    if (/^#{1,6}\s/.test(line))
      return [
        {
          kind: 'heading',
          text: line
            .replace(/^#+\s*/, '')
            .replace(/(?<!#)#+$/, '')
            .trimEnd()
            .replaceAll('**', ''),
        },
      ];
    if (BULLET.test(line)) return [{ kind: 'bullet', text: line.replace(BULLET, '') }];
    let after = i + 1;
    while (after < raw.length && !raw[after]) after += 1;
    const next = raw[after];
    return [
      {
        kind: isHeading(line, next) ? 'heading' : isList ? 'bullet' : 'text',
        text: line,
      },
    ];
  });
}

const isHeading = (line: string, next: string | undefined): boolean =>
  next !== undefined &&
  line.length <= LONGEST_HEADING &&
  !/[.;,!?]$/.test(line) &&
  (/:$/.test(line) || next.length > LONGEST_HEADING || BULLET.test(next));

interface Section {
  heading: string | null;
  lines: Line[];
}

function sectionsOf(lines: Line[]): Section[] {
  const sections: Section[] = [{ heading: null, lines: [] }];
  for (const line of lines) {
    if (line.kind === 'heading') sections.push({ heading: line.text.replace(/:$/, '').trimEnd(), lines: [] });
    else sections.at(-1)!.lines.push(line);
  }
  return sections.filter((s) => s.lines.length > 0);
}

/** "Batteries: cells and packs", "Batteries – cells and packs": the first part is the name. */
function bullet(text: string): Block {
  const parting = /:|\s[–—-]\s/.exec(text.slice(0, LONGEST_HEADING + 5));
  const [name, rest] = parting
    ? [text.slice(0, parting.index).trim(), text.slice(parting.index + parting[0].length).trim()]
    : ['', ''];
  if (name.length >= SHORTEST_NAME && name.length <= LONGEST_HEADING && !/[–—.]/.test(name) && rest)
    return { label: name, text: rest };
  const short = text.length <= LONGEST_HEADING;
  return { label: short ? text.replace(/(?<![.;,])[.;,]+$/, '') : null, text: short ? '' : text };
}

const joined = (lines: Line[]): string => lines.map((l) => l.text).join('\n');

/** Splits prose into paragraphs if several are long, otherwise into sentences. */
function prose(text: string): Block[] {
  const paragraphs = text.split('\n').filter((p) => p.length >= LONG_PARAGRAPH);
  const pieces =
    paragraphs.length > 2 ? paragraphs : text.split('\n').flatMap((p) => p.split(BETWEEN_SENTENCES));
  return pieces.map((p) => ({ label: null, text: p.trim() }));
}

function blocksOfSection({ heading, lines }: Section): Block[] {
  const bullets = lines.filter((l) => l.kind === 'bullet');
  if (heading !== null && !saysNothing(heading)) return [{ label: heading, text: joined(lines) }];
  // The introduction of a list ("we work on:") is not a subject.
  return bullets.length > 1 ? bullets.map((b) => bullet(b.text)) : prose(joined(lines));
}

/** Splits a description into pieces: by headings, lists, paragraphs or, failing those, sentences. */
export function blocksOf(description: string): Block[] {
  const sections = sectionsOf(linesOf(description));
  const named = sections.filter((s) => s.heading !== null && !saysNothing(s.heading));
  // A single heading is the title of the whole text.
  const plain = named.length === 1 ? sections.map((s) => ({ ...s, heading: null })) : sections;
  const listed = plain.filter(
    (s) => (named.length > 1 && named.includes(s)) || s.lines.filter((l) => l.kind === 'bullet').length > 1,
  );
  // Next to lists and headings, prose describes the institute as a whole.
  return (listed.length ? listed : plain).flatMap(blocksOfSection);
}

/** A word or phrase of a text that may be a keyword. */
export interface Phrase {
  text: string;
  /** The number of words that carry a subject. */
  words: number;
  /** Whether it is a complete expression, not part of a longer one. */
  whole: boolean;
}

/** How a text is read: expressions do not start with verbs, and French terms are not cut. */
export interface Reading {
  language: AnalysedLanguage;
  terminology: Terminology;
}
const AS_IT_STANDS: Reading = { language: 'en', terminology: Terminology.none };

const MOST_WORDS = 4;
/** The longest that a keyword may be; a longer word is none, and ends an expression. */
const LONGEST_KEYWORD = 100;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}.-]*(?<![.-])/gu;
/** Where phrases end: marks, brackets, a dash surrounded by white space. */
const MARKS = /[,;:!?()[\]{}«»"“”/|•…\n\r\t]+|\.(?=\s|$)|\s[–—-]\s/u;
/** Words that link parts of one expression: "analyse du cycle de vie", "storage of hydrogen". */
const LINKS = new Set(['de', 'du', 'des', 'd', 'of', 'la', 'l', 'à', 'en', 'aux']);
const ACRONYM = /^(?=.*\p{Lu}.*[\p{Lu}\d])[\p{L}\d-]{2,12}$/u;

interface Word {
  text: string;
  start: number;
  end: number;
  link: boolean;
  hollow: boolean;
}

/** « contrôle non destructif » */
const NEGATION = 'non';
/** « 8 000 m² » */
const UNIT = /^[kcmµ]?m[²³23]$/i;
/** Links only after a preposition: « analyse de la qualité », but not « améliorer la qualité ». */
const ARTICLES = new Set(['la', 'l']);
const PREPOSITIONS = new Set(['de', 'd', 'à']);

function wordsOf(piece: string, { language, terminology }: Reading): Word[] {
  const found = [...piece.matchAll(WORD)];
  const texts = found.map((m) => m[0]);
  return found.map((m, i) => {
    const plain = m[0].toLowerCase();
    const link =
      LINKS.has(plain) &&
      (language === 'en' || !ARTICLES.has(plain) || PREPOSITIONS.has(texts[i - 1]?.toLowerCase() ?? ''));
    const isVerb =
      language === 'fr'
        ? isFrenchVerb(texts, i, (word) => terminology.hasFrenchWord(word))
        : isEnglishVerb(texts, i);
    return {
      text: m[0],
      start: m.index,
      end: m.index + m[0].length,
      link,
      hollow:
        plain !== NEGATION && (isVerb || plain.length > LONGEST_KEYWORD || UNIT.test(m[0]) || isHollow(m[0])),
    };
  });
}

/** Returns runs of words about one subject; hollow words separate them, links join them. */
function runsOf(piece: string, reading: Reading): Word[][] {
  const runs: Word[][] = [[]];
  for (const word of wordsOf(piece, reading)) {
    if (word.hollow && !word.link) runs.push([]);
    else runs.at(-1)!.push(word);
  }
  return runs.filter((r) => r.some((w) => !w.link));
}

interface Span {
  start: number;
  end: number;
}

/**
 * Returns the multi-word terms in a run: « blanches » in « salles blanches » means nothing on its own. The
 * verb before the run is left out, as a term may have it as a noun.
 */
function termsIn(piece: string, run: Word[], { language, terminology }: Reading): Span[] {
  const [start, end] = [run[0]!.start, run.at(-1)!.end];
  if (language === 'en') return [];
  const known = terminology
    .pieces(piece.slice(start, end))
    .filter((p) => p.known)
    .map((p) => ({ start: start + p.start, end: start + p.end }));
  return known.filter((t) => /\s/.test(piece.slice(t.start, t.end)));
}

/**
 * Whether a span starts or ends inside a term. A span that is itself a term within the longer one is an
 * expression.
 */
function cuts({ start, end }: Span, terms: Span[], piece: string, { terminology }: Reading): boolean {
  const cut = terms.filter((t) => (t.start < start && start < t.end) || (t.start < end && end < t.end));
  if (cut.length === 0) return false;
  const [own] = terminology.pieces(piece.slice(start, end));
  const isTerm =
    own?.known === true && own.start === 0 && own.end === end - start && /\s/.test(piece.slice(start, end));
  return !isTerm || cut.some((t) => start < t.start || t.end < end);
}

/** A phrase, with its place in the piece. */
interface PlacedPhrase extends Phrase {
  start: number;
}

/** Returns every phrase in a run that starts and ends with a word other than a link, longest first. */
function* phrasesIn(piece: string, run: Word[], reading: Reading): Steps<PlacedPhrase[]> {
  const terms = termsIn(piece, run, reading);
  const all: PlacedPhrase[] = [];
  const carried = run.filter((w) => !w.link).length;
  for (const [from, first] of run.entries()) {
    if (first.link || run[from - 1]?.text.toLowerCase() === NEGATION) continue;
    let words = 0;
    for (let to = from; to < run.length && run[to]!.end - first.start <= LONGEST_KEYWORD; to += 1) {
      if (run[to]!.link) continue;
      words += 1;
      if (words > MOST_WORDS) break;
      const span = { start: first.start, end: run[to]!.end };
      if (!cuts(span, terms, piece, reading))
        all.push({
          text: piece.slice(span.start, span.end),
          words,
          whole: words === carried,
          start: span.start,
        });
    }
    yield;
  }
  return all.sort((a, b) => b.words - a.words);
}

const isName = (text: string, at: number): boolean => at > 0 && /^\p{Lu}\p{Ll}/u.test(text);

/** Whether a phrase can stand alone. A single word must be an acronym, or long and not a name. */
function standsAlone(phrase: Phrase, place: number): boolean {
  return (
    phrase.words > 1 || ACRONYM.test(phrase.text) || (phrase.text.length >= 7 && !isName(phrase.text, place))
  );
}

const lowered = (text: string): string =>
  ACRONYM.test(text.split(/\s/)[0]!) ? text : text.charAt(0).toLowerCase() + text.slice(1);

/**
 * Returns the distinct phrases of a text that may be keywords, at most `most`, in text order; at one place
 * the longest first.
 */
export function* phrasesOf(text: string, reading: Reading = AS_IT_STANDS, most = Infinity): Steps<Phrase[]> {
  const found = new Map<string, Phrase>();
  for (const piece of text.split(MARKS)) {
    const begins = piece.length - piece.trimStart().length;
    for (const run of runsOf(piece, reading)) {
      for (const { start, ...phrase } of yield* phrasesIn(piece, run, reading)) {
        if (found.size >= most) return [...found.values()];
        const written = { ...phrase, text: lowered(phrase.text.replace(/\s+/g, ' ')) };
        if (standsAlone(phrase, start - begins) && !found.has(written.text.toLowerCase()))
          found.set(written.text.toLowerCase(), written);
      }
    }
  }
  return [...found.values()];
}
