import { newStemmer } from 'snowball-stemmers';
import type { AnalysedLanguage } from './language.js';

/** Forms that follow no rule. */
const irregular: Record<string, string> = {
  travaux: 'travail',
  émaux: 'émail',
  matériaux: 'matériau',
  biomatériaux: 'biomatériau',
  nanomatériaux: 'nanomatériau',
  géomatériaux: 'géomatériau',
  noyaux: 'noyau',
  tuyaux: 'tuyau',
  joyaux: 'joyau',
  boyaux: 'boyau',
  materiaux: 'matériau',
  yeux: 'oeil',
  milieux: 'milieu',
  lieux: 'lieu',
  feux: 'feu',
  jeux: 'jeu',
  enjeux: 'enjeu',
  essieux: 'essieu',
  cheveux: 'cheveu',
  neveux: 'neveu',
  voeux: 'voeu',
  bijoux: 'bijou',
  cailloux: 'caillou',
  choux: 'chou',
  genoux: 'genou',
  nouvelle: 'nouveau',
  nouvel: 'nouveau',
  publique: 'public',
  sèche: 'sec',
  fraîche: 'frais',
  blanche: 'blanc',
  douce: 'doux',
  basse: 'bas',
  grosse: 'gros',
  molle: 'mou',
  clef: 'clé',
  longue: 'long',
  franche: 'franc',
  turque: 'turc',
  grecque: 'grec',
};

/** "constructor" is a property of every object, and a word like any other. */
const entryOf = (table: Record<string, string>, word: string): string | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/**
 * Returns a folded French word in the singular and, if its stem would differ, in the masculine: Snowball
 * takes "laser" for a verb and "lasers" for a noun, and keeps the s of "essais". The result need not be a
 * word, only the same for all forms.
 */
export function frenchForm(written: string): string {
  const folded = written.replaceAll('œ', 'oe').replaceAll('æ', 'ae');
  const one =
    entryOf(irregular, folded) ??
    (folded.length > 3 ? folded.replace(/eaux$/, 'eau').replace(/(?<=[^s])s$/, '') : folded);
  return (
    entryOf(irregular, one) ??
    one
      .replace(/(?<=.{2}[agich])ère$/, 'er')
      .replace(/(?<=.{2})ive$/, 'if')
      .replace(/(?<=.{2})trice$/, 'teur')
  );
}

const stemmers = { en: newStemmer('english'), fr: newStemmer('french') };

/** Letters that Unicode does not decompose into a letter and an accent. */
const whole: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/**
 * Lowercases, resolves compatibility forms (ligatures, CO₂, full width), drops the invisible; accents stay.
 */
export function fold(written: string): string {
  if (/^[a-z0-9]+$/.test(written)) return written;
  return written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC');
}

/** Returns a folded word without its accents: the form in which words are compared. */
export function bare(folded: string): string {
  if (/^[a-z0-9]+$/.test(folded)) return folded;
  return folded
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłđı]/g, (letter) => whole[letter] ?? letter);
}

/**
 * Returns one spelling for British and American English. The results need not be words, only equal for both
 * spellings: "enterprize" is as good a key as "enterprise".
 */
function oneSpelling(word: string): string {
  if (word.length < 5) return word;
  return word
    .replace(/(?<=[a-z]{3}[iy])s(e|es|ed|er|ers|ing|ation|ations)$/, 'z$1')
    .replace(/(?<=[a-z]{2})our(s|ed|ing|al|able)?$/, (_, end?: string) => `or${end ?? ''}`)
    .replace(/(fib|cent|met|lit|spect)re(s?)$/, '$1er$2')
    .replace(/^sulph/, 'sulf')
    .replace(/^alumini?um$/, 'aluminium')
    .replace(/^programmes?$/, 'program');
}

/**
 * Words that the English stemmer conflates although they mean different things in calls (organic,
 * organisation; additive, addition; international, internal; machining, machine; emergency, emerging), or
 * keeps apart although they mean the same. A stem that the vectors were not built with counts only by its
 * words until they are rebuilt.
 */
export const STEM_EXCEPTIONS: Record<string, string> = {
  organ: 'organ_',
  organs: 'organ_',
  organic: 'organic_',
  organics: 'organic_',
  organism: 'organism_',
  organisms: 'organism_',
  additive: 'additive_',
  additives: 'additive_',
  international: 'international_',
  universal: 'universal_',
  hydrogenation: 'hydrogenation_',
  machining: 'machining_',
  machined: 'machining_',
  emergency: 'emergency_',
  emergencies: 'emergency_',
  diagnosis: 'diagnost',
  diagnoses: 'diagnost',
  catalysis: 'catalyst',
  polymeric: 'polym',
};

/** No real word is longer; anything longer (an encoded picture) would keep the stemmer busy for minutes. */
const longestWord = 60;

function stemOnce(folded: string, language: AnalysedLanguage): string {
  if (folded.length > longestWord) return bare(folded);
  // The French stemmer needs the accents; the English one must not see them.
  if (language === 'fr') return bare(stemmers.fr.stem(frenchForm(folded)));
  const word = bare(folded);
  if (/^[a-z]*\d/.test(word)) return word;
  return entryOf(STEM_EXCEPTIONS, word) ?? stemmers.en.stem(oneSpelling(word));
}

const known: Record<AnalysedLanguage, Map<string, string>> = { en: new Map(), fr: new Map() };

/** Returns the stem of a folded word (Snowball: Porter 2 for English), without accents. */
export function stem(folded: string, language: AnalysedLanguage): string {
  const words = known[language];
  let result = words.get(folded);
  if (result === undefined) {
    result = stemOnce(folded, language);
    // A cache that changes no result. It is emptied so that odd input cannot fill the memory.
    if (words.size > 200_000) words.clear();
    words.set(folded, result);
  }
  return result;
}
