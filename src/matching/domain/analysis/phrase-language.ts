import type { AnalysedLanguage } from '../../../kernel/language.js';
import { frenchForm } from '../../../kernel/french-form.js';
import { bare, fold, stem } from '../../../kernel/stem.js';

/** Short words that only one of the languages has; "car", "on", "a" or "son" would mislead. */
const small: Record<AnalysedLanguage, ReadonlySet<string>> = {
  fr: new Set(
    'de du des d l la le les un une et en pour par sur avec sans sous au aux ou dans chez entre'.split(' '),
  ),
  en: new Set('the of and for with to from by in an at or into using based'.split(' ')),
};
const accents = /[àâçéèêëîïôûùœ]/;

/** The singular forms and stems known in each language; many belong to both. */
export interface KnownWords {
  french: ReadonlySet<string>;
  frenchStems: ReadonlySet<string>;
  english: ReadonlySet<string>;
}

const isEnglish = (word: string, { english }: KnownWords): boolean =>
  english.has(word) || english.has(word.replace(/s$/, '')) || english.has(word.replace(/ies$/, 'y'));

/** Returns a word's evidence for French (above 0) or English (below 0). */
function sign(word: string, known: KnownWords): number {
  const plain = bare(word);
  if (accents.test(word)) return 2;
  const [fr, en] = [small.fr.has(plain), small.en.has(plain)];
  if (fr || en) return Number(fr) - Number(en);
  if (isEnglish(plain, known)) return known.french.has(frenchForm(word)) ? 0 : -1;
  return known.frenchStems.has(stem(word, 'fr')) ? 1 : 0;
}

/**
 * Returns the language of a label, keyword or description, or null if undecided: profiles are mostly written
 * in one language but contain words of the other.
 */
export function languageOfPhrase(text: string, known: KnownWords): AnalysedLanguage | null {
  const words = fold(text).match(/[\p{L}\p{M}]+/gu) ?? [];
  const sum = words.reduce((total, word) => total + sign(word, known), 0);
  return sum === 0 ? null : sum > 0 ? 'fr' : 'en';
}
