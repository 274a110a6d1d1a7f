import { bare, fold } from '../matching/stem.js';
import { FRENCH_PHRASES, FRENCH_WORDS } from './fr-en-words.js';

/** How words of the same root end in English, by their end in French. */
const COGNATES: [RegExp, string[]][] = [
  [/iques?$/, ['ic', 'ical', 'ics']], [/ites?$/, ['ity', 'ite']], [/ies?$/, ['y', 'ia']], [/tes?$/, ['ty', 'te', 't']], [/enes?$/, ['ene', 'en']], [/eurs?$/, ['or', 'er']], [/ismes?$/, ['ism']],
  [/isations?$/, ['isation', 'ization']], [/ifs?$/, ['ive']], [/ives?$/, ['ive']], [/els?$/, ['al']], [/elles?$/, ['al']], [/aires?$/, ['ary', 'ar']], [/eux$/, ['ous']], [/euses?$/, ['ous']], [/ances?$/, ['ance', 'ancy']], [/ences?$/, ['ence', 'ency']],
  [/aux$/, ['al']], [/ages?$/, ['age', 'ing']], [/ines?$/, ['in', 'ine']], [/ures?$/, ['ure']],
];
const LINK = /^(?:de|du|des|d|la|le|les|l|a|en|au|aux)$/;
/** Words of the same meaning that are tried for each word. */
const MOST_WAYS = 3;

interface Ways { /** Whether the list has it. */ listed: boolean; english: string[] }

const singular = (word: string): string => word.replace(/eaux$/, 'eau').replace(/aux$/, 'al').replace(/(?<=\p{L}{3})[sx]$/u, '');
const keysOf = (word: string): string[] => [word, singular(word), singular(word).replace(/e$/, ''), singular(word).replace(/ee$/, 'e'), singular(word).replace(/ive$/, 'if'), singular(word).replace(/euse$/, 'eux'), singular(word).replace(/elle$/, 'el')];

/** From the list; else what Latin gave both, of which only the first that is known, since English stems hide wrong ends. */
function waysOf(word: string, isEnglish: (text: string) => boolean): Ways {
  const known = keysOf(word).map((key) => FRENCH_WORDS.get(key)).find(Boolean);
  if (known) return { listed: true, english: known.slice(0, MOST_WAYS) };
  const cognates = COGNATES.flatMap(([end, ways]) => (end.test(word) ? ways.map((w) => word.replace(end, w)) : []));
  return { listed: false, english: [...cognates, singular(word)].filter(isEnglish).slice(0, 1) };
}

/** Without number and gender. */
const phraseKey = (words: string[]): string => words.map((w) => (LINK.test(w) ? w : singular(w).replace(/ell?e$/, 'el').replace(/(?<=.{3})e$/, ''))).join(' ');
const PHRASES = new Map([...FRENCH_PHRASES].map(([french, english]) => [phraseKey(french.split(' ')), english]));

/** A known phrase inside the words, as one: "traitement des eaux usées" holds « eaux usées ». */
function withPhrases(words: string[]): (string | string[])[] {
  for (let length = words.length; length > 1; length -= 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      const english = PHRASES.get(phraseKey(words.slice(at, at + length)));
      if (english) return [...withPhrases(words.slice(0, at)), english, ...withPhrases(words.slice(at + length))];
    }
  }
  return words;
}

const combined = (ways: string[][]): string[][] => ways.reduce<string[][]>((all, own) => all.flatMap((before) => own.map((w) => [...before, w])), [[]]);

/**
 * What a French phrase may be in English: its words turned round, as "stockage de l'hydrogène" is "hydrogen storage", out of
 * a small list of words and of those that both languages have from Latin. `isEnglish` says whether a text is known as English;
 * of what is not listed only what it knows is given, the most usual first. No translation, but a hint: the reader looks at it.
 */
export function englishOf(phrase: string, isEnglish: (text: string) => boolean): string[] {
  const words = bare(fold(phrase)).split(/[\s'’]+/).filter(Boolean);
  const parts = withPhrases(words).filter((p) => Array.isArray(p) || !LINK.test(p));
  const ways = parts.map((p): Ways => (Array.isArray(p) ? { listed: true, english: p } : waysOf(p, isEnglish)));
  const all = combined(ways.map((w) => w.english)).map((c) => c.reverse().join(' '));
  const seen = all.filter(isEnglish);
  // What stands in the list word for word is English though no call says it today.
  return seen.length || !ways.every((w) => w.listed) ? seen : all.slice(0, 1);
}
