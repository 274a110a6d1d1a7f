import { Terminology } from '../analysis/terminology.js';
import { blocksOf, type Block, phrasesOf, type Reading } from './draft-phrases.js';
import { holds, keywordsOf, type Keyword, type ReadBlock, type TermStatistics } from './draft-keywords.js';
import { withoutEnglishVerb, withoutLeadingVerb } from './draft-words.js';
import { languageOfText } from './guess-language.js';
import type { Competence } from '../../../profiles/domain/profile.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import { grouped } from '../../../kernel/collections.js';
import type { Steps } from '../../../kernel/time-slices.js';

/** Longer descriptions are entire brochures. */
export const LONGEST_DESCRIPTION = 20_000;
/** A brochure of that length has about 1,000. */
const MOST_PHRASES = 3_000;
const MOST_COMPETENCES = 12;
const LONGEST_LABEL = 80;
const LONGEST_TEXT = 600;

/** The draft, with the language in which the description was read. */
export interface Draft {
  language: AnalysedLanguage;
  competences: Competence[];
}

interface Subject extends Block {
  keywords: Keyword[];
}

const cut = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${text.slice(0, text.lastIndexOf(' ', most - 1) > most / 2 ? text.lastIndexOf(' ', most - 1) : most - 1).trimEnd()}…`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Returns the noun phrase in a heading; null if there is none. */
function headed(label: string | null, { language, terminology }: Reading): string | null {
  if (!label) return label;
  if (language === 'en') return withoutEnglishVerb(label);
  return withoutLeadingVerb(label, (word) => terminology.hasFrenchWord(word));
}

function labelOf({ label, text, keywords }: Subject, reading: Reading): string {
  const heading = headed(label, reading);
  if (heading && heading.length <= LONGEST_LABEL) return capital(heading);
  // In text order and wording; neither keyword contains words of the other.
  const plain = `${label ?? ''} ${text}`.replace(/[^\p{L}\p{N}'’-]+/gu, ' ').toLowerCase();
  const own = keywords.filter((k) => holds(plain, k.text));
  const [first] = own;
  const second = first && own.find((k) => k !== first && !sharesWords(k.text, first.text));
  const named = first ? [first, ...(second ? [second] : [])] : keywords.slice(0, 1);
  const inOrder = named
    .map((k) => k.text)
    .sort((a, b) => plain.indexOf(a.toLowerCase()) - plain.indexOf(b.toLowerCase()));
  return cut(capital(inOrder.join(reading.language === 'fr' ? ' et ' : ' and ')), LONGEST_LABEL);
}

const sharesWords = (one: string, other: string): boolean => {
  const words = new Set(
    one
      .toLowerCase()
      .split(/\s+/)
      .filter((w) => w.length > 3),
  );
  return other
    .toLowerCase()
    .split(/\s+/)
    .some((w) => words.has(w));
};

const asCompetence = (s: Subject, reading: Reading): Competence => ({
  label: labelOf(s, reading),
  description: cut(s.text.replace(/\s+/g, ' ').trim(), LONGEST_TEXT),
  keywords: s.keywords.map((k) => k.text),
  exclusions: [],
  weight: 1,
});

/** Pieces under the same heading are one competence. */
const ofOneLabel = (all: Competence[]): Competence => ({
  ...all[0]!,
  description: cut(all.map((c) => c.description).join(' '), LONGEST_TEXT),
  keywords: all.flatMap((c) => c.keywords),
});

const worth = (s: Subject): number =>
  (s.label ? 1 : 0) + s.keywords.slice(0, 4).reduce((sum, k) => sum + k.value, 0);
/** Whether a piece has searchable content; otherwise it describes the institute, not a competence. */
const hasSubject = (s: Subject): boolean =>
  s.keywords.length > 0 && (s.label !== null || s.keywords.some((k) => k.words > 1));

function mostTelling(subjects: Subject[]): Subject[] {
  const chosen = new Set([...subjects].sort((a, b) => worth(b) - worth(a)).slice(0, MOST_COMPETENCES));
  return subjects.filter((s) => chosen.has(s));
}

/** "…, in batteries, hydrogen and power electronics": splits up a few sentences listing many things. */
function unfolded(blocks: Block[]): Block[] {
  if (blocks.length > 2) return blocks;
  return blocks.flatMap((b) => {
    const items = b.text
      .split(/[,;:]|\s(?:and|et|ainsi que|as well as)\s/)
      .map((i) => i.trim())
      .filter(Boolean);
    return b.label === null && items.length > 3 ? items.map((text) => ({ label: null, text })) : [b];
  });
}

/** Returns the pieces of a description with their phrases; what comes after the last phrase has none. */
function* readBlocks(text: string, reading: Reading): Steps<ReadBlock[]> {
  const blocks: ReadBlock[] = [];
  let left = MOST_PHRASES;
  for (const block of unfolded(blocksOf(text))) {
    const phrases = yield* phrasesOf(`${block.label ?? ''}\n${block.text}`, reading, left);
    left -= phrases.length;
    blocks.push({ ...block, phrases });
  }
  return blocks;
}

/**
 * Drafts competences from a description written for a web page or brochure, in French or English, for review
 * and correction. Nothing is invented: labels are noun phrases from the description; keywords are its own
 * expressions and, for French ones, their full English translations if calls contain them.
 */
export function* draftCompetences(description: string, known: TermStatistics | null): Steps<Draft> {
  const text = description.slice(0, LONGEST_DESCRIPTION);
  const language = languageOfText(text);
  const reading: Reading = { language, terminology: known?.terminology ?? Terminology.none };
  const blocks = yield* readBlocks(text, reading);
  const found = yield* keywordsOf(blocks, reading, known);
  const taken = new Set<string>();
  const subjects = blocks.map((block, i): Subject => {
    const keywords = found[i]!.filter((k) => !taken.has(k.text.toLowerCase()));
    keywords.forEach((k) => taken.add(k.text.toLowerCase()));
    return { ...block, keywords };
  });
  const competences = mostTelling(subjects.filter(hasSubject)).map((s) => asCompetence(s, reading));
  return { language, competences: [...grouped(competences, (c) => [c.label]).values()].map(ofOneLabel) };
}
