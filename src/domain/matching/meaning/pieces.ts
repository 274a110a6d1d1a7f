import type { Competence, Language } from '../../profile/profile.js';
import type { MatchableCall } from '../fields.js';
import type { Piece } from './bag.js';
import { programmeMarks } from './programme-marks.js';

/** Reads a text in either language as English stems, each with its place and with how sure it is; see terminology.ts. */
export type English = (text: string, language: Language) => { stem: string; weight: number; start: number; end: number }[];

/** The words of a call beyond these say again what the first ones said. */
const MOST_WORDS = 300;
/** Characters that a word of meaning takes, with the small words around it, at the most that is usual. */
const LONGEST_WORD = 14;
/** What one occurrence counts: in the title, in a keyword, in the text. */
const [IN_TITLE, IN_KEYWORDS, IN_TEXT] = [1, 0.5, 0.12];
/** The conditions are the programme's, not the subject's. */
const SUBJECT = (section: { kind: string }): boolean => section.kind !== 'conditions';

const plain = (found: ReturnType<English>): Piece['features'] => found.map(({ stem, weight }) => ({ feature: stem, weight }));
const marks = (all: string[]): Piece => ({ features: all.map((feature) => ({ feature, weight: 1 })), weight: 1 });

/** A text of a call as it counts: its field, and the words of it that are read. */
export interface ReadField { name: string; text: string; weight: number; words: ReturnType<English> }

/** What of a call's texts is read, in the order of reading. */
export function readFields(call: MatchableCall, english: English): ReadField[] {
  const language: Language = call.language.toLowerCase() === 'fr' ? 'fr' : 'en';
  const field = (name: string, text: string, weight: number): ReadField => ({ name, text, weight, words: english(text, language) });
  const fields = [field('title', call.title, IN_TITLE)];
  if (call.keywords.length > 0) fields.push(field('keywords', call.keywords.join('\n'), IN_KEYWORDS));
  let left = MOST_WORDS;
  call.sections.forEach((section, i) => {
    if (left <= 0 || !SUBJECT(section)) return;
    // What lies behind is not read at all: to read is what takes most of the time.
    const read = field(`sections.${i}`, section.text.slice(0, left * LONGEST_WORD), IN_TEXT);
    read.words = read.words.slice(0, left);
    left -= read.words.length;
    fields.push(read);
  });
  return fields;
}

export const callPieces = (call: MatchableCall, fields: ReadField[]): Piece[] =>
  [...fields.map((f) => ({ features: plain(f.words), weight: f.weight })), marks(programmeMarks(call.identifier ?? null, call.destination))];

/** A competence as it is compared with calls: what names it counts double beside what describes it. */
export function competencePieces(c: Competence, languageOf: (text: string) => Language, english: English): Piece[] {
  const read = (text: string): Piece['features'] => plain(english(text, languageOf(text)));
  return [
    { features: read(c.label), weight: 1.5 },
    { features: read(c.description), weight: 0.7 },
    ...c.keywords.map((k) => ({ features: read(k), weight: 1.5 })),
  ];
}

/** A funded project, as far as it is compared with calls. */
export interface PastProject {
  id: string;
  acronym: string;
  title: string;
  objective: string | null;
  topics: { code: string; title: string | null }[];
  /** The part of the programme that paid, where it is known. */
  division?: string | null;
}

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
