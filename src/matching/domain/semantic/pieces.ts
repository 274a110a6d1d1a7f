import type { Competence } from '../../../profiles/domain/profile.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import { isHeading, type MatchableCall } from '../index/fields.js';
import type { TokenisedCall, TokenisedField } from '../index/indexed-call.js';
import { type Token, tokenise } from '../analysis/tokenise.js';

/** Parts of programmes with other names in another programme or database; the first match wins. */
const DIVISIONS: [mark: string, names: RegExp][] = [
  ['health', /^EU\.3\.1\b|^Health\b/i],
  ['food', /^EU\.3\.2\b|^Food\b/i],
  ['energy', /^EU\.3\.3\b|^Secure, clean and efficient energy|^Energy$/i],
  ['transport', /^EU\.3\.4\b|^Smart, green and integrated transport|^Transport\b/i],
  ['climate', /^EU\.3\.5\b|^Climate action\b|^Environment\b/i],
  ['society', /^EU\.3\.6\b|^Europe in a changing world|^Socio-economic/i],
  ['security', /^EU\.3\.7\b|^Secure societies|^Security$/i],
  ['ict', /^EU\.2\.1\.1\b|^Information and Communication Tech/i],
  ['nano', /^EU\.2\.1\.2\b|^Nano/i],
  ['materials', /^EU\.2\.1\.3\b|^Advanced materials/i],
  ['biotech', /^EU\.2\.1\.4\b|^Biotechnology/i],
  ['manufacturing', /^EU\.2\.1\.5\b|^Advanced manufacturing/i],
  ['space', /^EU\.2\.1\.6\b|^Space$/i],
  ['infrastructures', /^EU\.1\.4\b|^Research Infrastructures$/i],
  ['emerging', /^EU\.1\.2\b|^Future and Emerging/i],
  [
    'science-society',
    /^EU\.5\b|^Science (with|in)\b|responsible research|gender equality|ntegrate society|careers attractive/i,
  ],
  ['euratom', /^Euratom|^Nuclear Fission/i],
];

/**
 * Prefixes shared by the topics of many programmes: their meaning (low carbon, security, digital, circular)
 * is not the line of topics.
 */
const PREFIXES = /^(LC|SU|DT|CE)-/;
const YEARS = /-?(20[12]\d|\b(18|19|20)\b)/g;
/** The first parts name the programme, the cluster and the line of topics; later parts are numbers. */
const MARK_PARTS = 4;

/** Returns the marks of a topic's identifier: `FCH-02-5-2018` is in the line FCH, and within it in FCH|02. */
function lineMarks(identifier: string): string[] {
  const whole = identifier.toUpperCase();
  const parts = whole.replace(PREFIXES, '').replace(YEARS, '').split(/[-._]/).filter(Boolean);
  const line = (parts[0] ?? '').split(/\d/, 1)[0]!;
  const words = [...whole.matchAll(/[A-Z][A-Z0-9]*[A-Z]|\b[A-Z]\b/g)].map(([word]) => `#${word}`);
  const prefix = PREFIXES.exec(whole)?.[1];
  return [
    line,
    ...parts.slice(1, MARK_PARTS).map((part) => `${line}|${part}`),
    ...(prefix ? [`~${prefix}`] : []),
    ...words,
  ];
}

/**
 * Returns the features that place a topic in its line: from its identifier and its part of the programme (the
 * destination, or the division from CORDIS), in addition to its words. Marks unknown to a model do no harm.
 */
export function programmeMarks(identifier: string | null, division: string | null): string[] {
  const mark =
    division === null ? undefined : (DIVISIONS.find(([, names]) => names.test(division))?.[0] ?? division);
  return [
    ...(identifier ? lineMarks(identifier).map((m) => `c:${m}`) : []),
    ...(mark === undefined ? [] : [`d:${mark}`]),
  ];
}

export const isMark = (feature: string): boolean => /^[cd]:/.test(feature);

/** The features of a text, by a model's numbers: each feature once, with its weight. */
export interface Bag {
  ids: Int32Array;
  weights: Float32Array;
}

/** A part of a text: its English stems (or programme marks), with the weight of one occurrence. */
export interface Piece {
  features: Iterable<{ feature: string; weight: number }>;
  weight: number;
}

/** Numbers the features and weights them by how distinctive they are. */
export interface FeatureSpace {
  idOf(feature: string): number | undefined;
  /** A word's inverse document frequency; about 1 for a mark. */
  weightOf(id: number): number;
}

/** Each further occurrence adds less; a single one in the text adds less than one in the title. */
const damped = (count: number): number => (count <= 1 ? count : 1 + Math.log(count));

/** Combines pieces; features outside the space are left out. */
export function bagOf(pieces: readonly Piece[], space: FeatureSpace): Bag {
  const counts = new Map<number, number>();
  for (const { features, weight } of pieces) {
    for (const one of features) {
      const id = space.idOf(one.feature);
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + weight * one.weight);
    }
  }
  return {
    ids: Int32Array.from(counts.keys()),
    weights: Float32Array.from(counts, ([id, count]) => damped(count) * space.weightOf(id)),
  };
}

/**
 * Reads a text in either language as English stems, with place and certainty; see terminology.ts. `tokens`:
 * the text's, if already read.
 */
export type English = (
  text: string,
  language: AnalysedLanguage,
  tokens?: readonly Token[],
) => { stem: string; weight: number; start: number; end: number }[];

/** The words of a call beyond these repeat what the first ones said. */
const MOST_WORDS = 250;
/** Upper end of the usual length of a meaningful word with the short words around it, in characters. */
const LONGEST_WORD = 14;
/** The weight of one occurrence: in the title, in a keyword, in the text. */
const [IN_TITLE, IN_KEYWORDS, IN_TEXT] = [1, 0.5, 0.25];

const plain = (found: ReturnType<English>): Piece['features'] =>
  found.map(({ stem, weight }) => ({ feature: stem, weight }));
const marks = (all: string[]): Piece => ({
  features: all.map((feature) => ({ feature, weight: 1 })),
  weight: 1,
});

/** A text of a call with its weight: the field, and the words that are read. */
interface ReadField {
  name: string;
  text: string;
  weight: number;
  words: ReturnType<English>;
}

/** Returns the texts of a call that count, in reading order. */
export function readFields({ language, fields }: TokenisedCall, english: English): ReadField[] {
  const read = ({ name, text, tokens }: TokenisedField, weight: number): ReadField => ({
    name,
    text,
    weight,
    words: english(text, language, tokens),
  });
  const counted = fields.flatMap((f) =>
    f.kind === 'title' ? [read(f, IN_TITLE)] : f.kind === 'keywords' ? [read(f, IN_KEYWORDS)] : [],
  );
  let left = MOST_WORDS;
  for (const field of fields) {
    // Conditions concern the programme, not the subject.
    if (left <= 0 || isHeading(field.kind) || field.kind === 'conditions') continue;
    const section = read(begun(field, left * LONGEST_WORD, language), IN_TEXT);
    section.words = section.words.slice(0, left);
    left -= section.words.length;
    counted.push(section);
  }
  return counted;
}

/**
 * Returns the start of a field: what comes after does not count. The text is read again from the last whole
 * word on, in case a word is cut in two.
 */
function begun(field: TokenisedField, most: number, language: AnalysedLanguage): TokenisedField {
  if (field.text.length <= most) return field;
  const text = field.text.slice(0, most);
  const whole = field.tokens.filter((t) => t.end <= most);
  const last = whole.pop() ?? { start: 0, position: 0 };
  const rest = tokenise(text.slice(last.start), language);
  const moved = rest.map((t): Token => ({
    ...t,
    start: t.start + last.start,
    end: t.end + last.start,
    position: t.position + last.position,
  }));
  return { ...field, text, tokens: [...whole, ...moved] };
}

export const callPieces = (call: MatchableCall, fields: ReadField[]): Piece[] => [
  ...fields.map((f) => ({ features: plain(f.words), weight: f.weight })),
  marks(programmeMarks(call.identifier ?? null, call.destination)),
];

/** Returns a competence as compared with calls: its names count double its description. */
export function competencePieces(
  c: Competence,
  languageOf: (text: string) => AnalysedLanguage,
  english: English,
): Piece[] {
  const read = (text: string): Piece['features'] => plain(english(text, languageOf(text)));
  return [
    { features: read(c.label), weight: 1.5 },
    { features: read(c.description), weight: 0.7 },
    ...c.keywords.map((k) => ({ features: read(k), weight: 1.5 })),
  ];
}

/** The parts of a funded project that are compared with calls. */
export interface PastProject {
  id: string;
  acronym: string;
  title: string;
  objective: string | null;
  topics: { code: string; title: string | null }[];
  /** The part of the programme that funded it, if known. */
  division?: string | null;
}

export const projectName = ({ acronym, title }: PastProject): string =>
  acronym ? `${acronym}: ${title}` : title;

const MOST_OBJECTIVE_WORDS = 80;

export function projectPieces(p: PastProject, english: English): Piece[] {
  const [topic] = p.topics;
  return [
    { features: plain(english(p.title, 'en')), weight: 1 },
    { features: plain(english(topic?.title ?? '', 'en')), weight: 0.7 },
    { features: plain(english(p.objective ?? '', 'en').slice(0, MOST_OBJECTIVE_WORDS)), weight: 0.25 },
    marks(programmeMarks(topic?.code ?? null, p.division ?? null)),
  ];
}
