import { isHollow } from './generic-words.js';

/** A word or a phrase of a text that may be a keyword. */
export interface Phrase {
  text: string;
  /** Words that carry a subject. */
  words: number;
}

const MOST_WORDS = 4;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}.-]*(?<![.-])/gu;
/** Where no phrase goes on: marks, brackets, a dash with white space around it. */
const MARKS = /[,;:!?()[\]{}«»"“”/|•…\n\r\t]+|\.(?=\s|$)|\s[–—-]\s/u;
/** Between two words of one thing: "analyse du cycle de vie", "storage of hydrogen". */
const LINKS = new Set(['de', 'du', 'des', 'd', 'of', 'la', 'l', 'à', 'en', 'aux']);
const ACRONYM = /^(?=.*\p{Lu}.*[\p{Lu}\d])[\p{L}\d-]{2,12}$/u;

interface Word { text: string; start: number; end: number; link: boolean; hollow: boolean }

/** « contrôle non destructif » */
const NEGATION = 'non';

function wordsOf(piece: string): Word[] {
  return [...piece.matchAll(WORD)].map((m) => {
    const plain = m[0].toLowerCase();
    return { text: m[0], start: m.index, end: m.index + m[0].length, link: LINKS.has(plain), hollow: plain !== NEGATION && isHollow(m[0]) };
  });
}

/** The stretches of words of one subject each; hollow words part them, links hold them together. */
function runsOf(piece: string): Word[][] {
  const runs: Word[][] = [[]];
  for (const word of wordsOf(piece)) {
    if (word.hollow && !word.link) runs.push([]);
    else runs.at(-1)!.push(word);
  }
  return runs.filter((r) => r.some((w) => !w.link));
}

/** Every phrase inside a run that begins and ends with a word of its own, the longest first. */
function phrasesIn(piece: string, run: Word[]): Phrase[] {
  const all: Phrase[] = [];
  run.forEach((first, from) => {
    if (first.link || run[from - 1]?.text.toLowerCase() === NEGATION) return;
    for (let to = from; to < run.length; to += 1) {
      const words = run.slice(from, to + 1).filter((w) => !w.link).length;
      if (words > MOST_WORDS) break;
      if (!run[to]!.link) all.push({ text: piece.slice(first.start, run[to]!.end), words });
    }
  });
  return all.sort((a, b) => b.words - a.words);
}

const isName = (text: string, at: number): boolean => at > 0 && /^\p{Lu}\p{Ll}/u.test(text);

/** A word alone says little, unless it is a short name in capitals or a long word that is nobody's name. */
function standsAlone(phrase: Phrase, place: number): boolean {
  return phrase.words > 1 || ACRONYM.test(phrase.text) || (phrase.text.length >= 7 && !isName(phrase.text, place));
}

const lowered = (text: string): string => (ACRONYM.test(text.split(/\s/)[0]!) ? text : text.charAt(0).toLowerCase() + text.slice(1));

/** The phrases of a text that may be keywords, each once, in the order in which they stand; within one place the longest first. */
export function phrasesOf(text: string): Phrase[] {
  const found = new Map<string, Phrase>();
  for (const piece of text.split(MARKS)) {
    for (const phrase of runsOf(piece).flatMap((run) => phrasesIn(piece, run))) {
      const at = piece.trim().indexOf(phrase.text);
      const written = { ...phrase, text: lowered(phrase.text.replace(/\s+/g, ' ')) };
      if (standsAlone(phrase, at) && !found.has(written.text.toLowerCase())) found.set(written.text.toLowerCase(), written);
    }
  }
  return [...found.values()];
}
