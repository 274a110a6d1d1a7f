import { editDistance } from '../../kernel/nearest.js';
import { grouped } from '../../kernel/grouping.js';
import { pageKey } from '../../calls/domain/index.js';
import type { SheetLine } from './line.js';
import { titleKey } from './spelling.js';

/** A call that lines of a sheet may mean. */
export interface FoundCall {
  id: string;
  identifier: string | null;
  title: string;
  /** Of the title. */ language: string;
  url: string | null;
  /** Its deadlines, as days in Brussels. */ days: string[];
}

/** Whom a line was found to mean. */
export interface Resolved {
  call: FoundCall | null;
  candidates: FoundCall[];
  nearest: string[];
}

const SHOWN = 3;
const MOST_SLIPS = 2;
/** Two that differ over more letters than this are not one misspelt for the other. */
const MOST_APART = 5;

/**
 * Of several calls the one that the line's title and deadline tell from the others; all of them where they do
 * not.
 */
function narrowed(line: SheetLine, calls: FoundCall[]): FoundCall[] {
  const byTitle = line.title === null ? [] : calls.filter((c) => titleKey(c.title) === titleKey(line.title!));
  const left = byTitle.length ? byTitle : calls;
  const byDay = line.deadline === null ? [] : left.filter((c) => c.days.includes(line.deadline!));
  return byDay.length ? byDay : left;
}

/**
 * Slips of the pen between two identifiers, as far as they are few; what they share at both ends, which is
 * most of them, is not compared.
 */
function slips(a: string, b: string): number {
  let [start, end] = [0, 0];
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return Math.max(restA.length, restB.length) > MOST_APART ? Infinity : editDistance(restA, restB);
}

/**
 * An identifier's neighbours among known ones: those that are spelt alike, then those that share all but its
 * last part.
 */
export function nearIdentifiers(wanted: string, known: string[]): string[] {
  const alike = known
    .map((id) => ({ id, apart: slips(wanted, id.toUpperCase()) }))
    .filter(({ apart }) => apart <= MOST_SLIPS)
    .sort((a, b) => a.apart - b.apart)
    .map(({ id }) => id);
  const stem = wanted.slice(0, wanted.lastIndexOf('-') + 1);
  const family = stem.length < 8 ? [] : known.filter((id) => id.toUpperCase().startsWith(stem)).sort();
  return [...new Set([...alike, ...family])].slice(0, SHOWN);
}

/**
 * Says of each line which call it means: by our own key, else by topic identifier (of several that bear it
 * the one whose page is named), else by the address or number of its page, else by its title.
 * `calls` are those that the lines may mean, `near` the neighbours of identifiers that none of them has.
 */
export function callFinder(
  calls: FoundCall[],
  near: ReadonlyMap<string, string[]>,
): (line: SheetLine) => Resolved {
  const byId = new Map(calls.map((c) => [c.id, c]));
  const byIdentifier = grouped(calls, (c) => (c.identifier === null ? [] : [c.identifier.toUpperCase()]));
  const byUrl = grouped(calls, (c) => (c.url === null ? [] : [c.url]));
  const byPage = grouped(calls, (c) => (c.url === null ? [] : [pageKey(c.url) ?? c.url]));
  const byTitle = grouped(calls, (c) => [titleKey(c.title)]);
  return (line) => {
    const own = line.key === null ? undefined : byId.get(line.key);
    if (own) return { call: own, candidates: [], nearest: [] };
    const named = line.identifiers.flatMap((id) => byIdentifier.get(id) ?? []);
    const paged = line.pages.flatMap((page) => byPage.get(page) ?? []);
    const both = named.filter((call) => paged.includes(call));
    const known = both.length ? both : named.length ? named : paged;
    const shown = known.length || line.link === null ? known : (byUrl.get(line.link) ?? []);
    const titled = shown.length || line.title === null ? shown : (byTitle.get(titleKey(line.title)) ?? []);
    const left = narrowed(line, [...new Set(titled)]);
    if (left.length === 1) return { call: left[0]!, candidates: [], nearest: [] };
    return {
      call: null,
      candidates: left,
      nearest: left.length ? [] : (near.get(line.identifiers[0] ?? '') ?? []),
    };
  };
}

/** The lines that mean none of these calls. */
export function lostOf(lines: SheetLine[], calls: FoundCall[]): SheetLine[] {
  const find = callFinder(calls, new Map());
  return lines.filter((line) => {
    const { call, candidates } = find(line);
    return call === null && candidates.length === 0;
  });
}
