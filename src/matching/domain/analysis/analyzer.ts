import type { EnglishTerms } from './english-terms.js';
import { frenchForm } from '../../../kernel/french-form.js';
import { synonymWords, type SynonymMap } from './synonyms.js';
import { fold, stem } from '../../../kernel/stem.js';
import type { Piece } from '../index/piece.js';

/**
 * Readings of a phrase that are searched for; the further readings of a long, ambiguous phrase are
 * far-fetched.
 */
const MOST_READINGS = 8;
const MOST_OTHERS = 6;

/** French adjectives that precede their noun, as all English ones do. */
const before = new Set(
  'grand petit haut bas nouveau bon gros faible fort double premier jeune vieux mauvais moyen multi micro mini auto bio éco inter ultra très'.split(
    ' ',
  ),
);

type Unit = { start: number; end: number; ways: string[] };

/** Returns every combination of the units' readings, in unit order, the most usual first. */
function combined(units: Unit[]): string[] {
  const all = units.reduce<string[][]>(
    (found, { ways }) => found.flatMap((f) => ways.map((way) => [...f, way])).slice(0, 200),
    [[]],
  );
  const rank = (words: string[]): number =>
    words.reduce((sum, word, i) => sum + (units[i]?.ways.indexOf(word) ?? 0), 0);
  return all
    .map((words) => ({ words, rank: rank(words) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_READINGS)
    .map(({ words }) => words.join(' '));
}

/** Returns units that keep their order: hyphenated words, and an adjective with the word it precedes. */
function clusters(text: string, units: Unit[]): Unit[][] {
  const result: Unit[][] = [];
  units.forEach((unit, i) => {
    const last = units[i - 1];
    const stays =
      last &&
      (text.slice(last.end, unit.start) === '-' ||
        before.has(frenchForm(fold(text.slice(last.start, last.end)))));
    if (stays) result.at(-1)!.push(unit);
    else result.push([unit]);
  });
  return result;
}

const isLinked = (text: string, before: Unit[], after: Unit[]): boolean =>
  /(?:^|\s)(?:de|du|des|d['’])/.test(text.slice(before.at(-1)!.end, after[0]!.start));

/** Returns clusters that "de" does not separate: a noun with its adjectives. */
function groups(text: string, all: Unit[][]): Unit[][][] {
  const result: Unit[][][] = [];
  all.forEach((cluster, i) => {
    if (i > 0 && !isLinked(text, all[i - 1]!, cluster)) result.at(-1)!.push(cluster);
    else result.push([cluster]);
  });
  return result;
}

/**
 * Returns the adjectives, then the noun's complements, then the noun: "gestion durable des forêts" becomes
 * "sustainable forest management".
 */
const inOrder = ([first, ...rest]: Unit[][][]): Unit[] =>
  first ? [...first.slice(1).reverse().flat(), ...inOrder(rest), ...first[0]!] : [];

/** Returns the units in the other language's order, on each side of "and", a comma or a bracket. */
function turned(text: string, units: Unit[]): Unit[] {
  const sides: Unit[][] = [[]];
  for (const unit of units) {
    const gap = text.slice(sides.at(-1)!.at(-1)?.end ?? unit.start, unit.start);
    const and = /(?:^|\s)(?:et|ou|and|or)\s/.test(gap);
    if (and || /[,;:()/]/.test(gap))
      sides.push(...(and ? [[{ start: unit.start, end: unit.start, ways: ['and'] }], []] : [[]]));
    sides.at(-1)!.push(unit);
  }
  return sides.flatMap((side) => inOrder(groups(text, clusters(text, side))));
}

/** "Stationary storage" of "energy" is also "stationary energy storage". */
function inserted([head, tail]: Unit[][][]): string[] {
  const [unit, ...more] = head?.flat() ?? [];
  const compounds = more.length === 0 ? (unit?.ways ?? []).filter((way) => way.includes(' ')) : [];
  const between = compounds.length > 0 && tail ? combined(inOrder([tail])) : [];
  return compounds.flatMap((way) => between.map((words) => way.replace(/ (?=\S+$)/, ` ${words} `)));
}

/**
 * Returns possible English translations of a French phrase: with the words reversed and, for two nouns with
 * adjectives, also in the form "sustainable management of forests".
 */
export function inEnglish(text: string, pieces: Piece[]): string[] {
  const units = pieces.map((p): Unit => ({ start: p.start, end: p.end, ways: p.english }));
  const parts = groups(text, clusters(text, units));
  const ways = combined(turned(text, units));
  if (parts.length !== 2 || /[,;:()/]| et | ou /.test(text) || !ways.some((way) => way.split(' ').length > 2))
    return ways;
  const straight = combined(parts.flatMap((group) => inOrder([group])));
  return [...ways, ...straight.slice(0, MOST_READINGS / 2), ...inserted(parts).slice(0, MOST_READINGS / 2)];
}

/** Returns possible French translations of an English phrase; none unless the terminology has every word. */
export function inFrench(text: string, french: SynonymMap<string[]>): string[] {
  const words = synonymWords(text, 'en');
  const units: Unit[] = [];
  for (let i = 0; i < words.length;) {
    const hit = french.longestAt(words, i);
    if (!hit && !words[i]!.mark) return [];
    if (hit)
      units.push({
        start: words[i]!.start,
        end: words[i + hit.length - 1]!.end,
        ways: hit.value.slice(0, 3),
      });
    i += hit?.length ?? 1;
  }
  return units.length === 0
    ? []
    : combined(turned(text.replaceAll('-', ' '), units)).map((t) => t.replaceAll(' and ', ' et '));
}

/**
 * Whether a term is safe to search for: a one-word term that is part of other words ("up-scale") or is itself
 * a word ("CAR") would be found where it is not meant.
 */
function isClear(term: string, isWord: (stem: string) => boolean): boolean {
  const words = synonymWords(term, 'en');
  const [only, ...more] = words.filter((w) => !w.mark);
  return (
    only !== undefined &&
    (more.length > 0 ||
      (words.length === 1 && (term === term.toLowerCase() || !isWord(stem(only.form, 'en')))))
  );
}

/** Returns other ways to write an English phrase: one term replaced by a synonym or its acronym. */
export function otherWays(text: string, english: EnglishTerms, isWord: (stem: string) => boolean): string[] {
  const all = english
    .pieces(text)
    .flatMap(({ start, end, others }) =>
      others.filter((o) => isClear(o, isWord)).map((other) => text.slice(0, start) + other + text.slice(end)),
    );
  return [...new Set(all)].filter((t) => t !== text).slice(0, MOST_OTHERS);
}
