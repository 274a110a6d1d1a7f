import type { AnalysedLanguage } from '../../../kernel/language.js';
import { frenchForm } from '../../../kernel/french-form.js';
import { bare, fold, stem } from '../../../kernel/stem.js';

/** Small words that only one of the languages has; "car", "on", "a" or "son" would tell the wrong thing. */
const small: Record<AnalysedLanguage, ReadonlySet<string>> = {
  fr: new Set(
    'de du des d l la le les un une et en pour par sur avec sans sous au aux ou dans chez entre'.split(' '),
  ),
  en: new Set('the of and for with to from by in an at or into using based'.split(' ')),
};
const accents = /[àâçéèêëîïôûùœ]/;

/**
 * Which words, as they are written in the singular, and which stems are of which language; many are of both.
 */
export interface KnownWords {
  french: ReadonlySet<string>;
  frenchStems: ReadonlySet<string>;
  english: ReadonlySet<string>;
}

const isEnglish = (word: string, { english }: KnownWords): boolean =>
  english.has(word) || english.has(word.replace(/s$/, '')) || english.has(word.replace(/ies$/, 'y'));

/** What a word says for French (above 0) or for English (below). */
function sign(word: string, known: KnownWords): number {
  const plain = bare(word);
  if (accents.test(word)) return 2;
  const [fr, en] = [small.fr.has(plain), small.en.has(plain)];
  if (fr || en) return Number(fr) - Number(en);
  if (isEnglish(plain, known)) return known.french.has(frenchForm(word)) ? 0 : -1;
  return known.frenchStems.has(stem(word, 'fr')) ? 1 : 0;
}

/**
 * The language of a label, a keyword or a description: profiles are written in one language by and large, and
 * hold words of the other. Null where nothing in it tells.
 */
export function languageOfPhrase(text: string, known: KnownWords): AnalysedLanguage | null {
  const words = fold(text).match(/[\p{L}\p{M}]+/gu) ?? [];
  const sum = words.reduce((total, word) => total + sign(word, known), 0);
  return sum === 0 ? null : sum > 0 ? 'fr' : 'en';
}
