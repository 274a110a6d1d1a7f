import { cascadePagesIn } from '../../calls/domain/page/outside-pages.js';
import { identifiersIn, readLine, type SheetLine } from './line.js';
import { editDistance } from '../../kernel/nearest.js';
import { grouped } from '../../kernel/collections.js';
import { pageKey } from '../../calls/domain/versions/identity.js';
import { titleKey } from '../../calls/domain/related-calls.js';

/** Separates topics on a line; a comma may also occur within a title. */
const BETWEEN = /[;\t]|,(?=\s*(?:[A-Z][A-Z0-9]+-|$))/;
const COLUMNS = ['key', 'identifier', 'title'] as const;

const isIdentifier = (text: string): boolean =>
  identifiersIn(text)[0] === text.toUpperCase() || cascadePagesIn(text).length > 0;

/**
 * Returns the topics of a line: identifiers separated by commas or spaces, titles only by semicolons, as they
 * may contain commas.
 */
function topicsOf(line: string): string[] {
  const words = line.split(/[\s,;]+/).filter(Boolean);
  if (words.length > 0 && words.every(isIdentifier)) return words;
  return line
    .split(BETWEEN)
    .map((topic) => topic.replace(/^[-•*\s]+/, '').replace(/(?<![,\s])[,\s]+$/, ''))
    .filter(Boolean);
}

/**
 * Parses pasted topics, one per line or several separated by commas or semicolons: identifiers, titles and
 * our own keys in any mix, without duplicates.
 */
export const pastedTopics = (text: string): string[] => [...new Set(text.split(/\r?\n/).flatMap(topicsOf))];

/** Reads a pasted topic like a line of a sheet. */
export const topicLine = (row: number, topic: string): SheetLine | null =>
  readLine(
    row,
    COLUMNS.map(() => topic),
    [...COLUMNS],
  );

/** A call that a line of a sheet may refer to. */
export interface FoundCall {
  id: string;
  identifier: string | null;
  title: string;
  /** The title's language. */ language: string;
  url: string | null;
  /** Its deadlines, as days in Brussels. */ days: string[];
}

/** The call that a line refers to. */
export interface Resolved {
  call: FoundCall | null;
  candidates: FoundCall[];
  nearest: string[];
}

const SHOWN = 3;
const MOST_SLIPS = 2;
/** Identifiers that differ in more letters than this are not misspellings of each other. */
const MOST_APART = 5;

/** Returns the calls that match the line's title and deadline; all of them if neither tells them apart. */
function narrowed(line: SheetLine, calls: FoundCall[], titles: ReadonlyMap<FoundCall, string>): FoundCall[] {
  const title = line.title === null ? null : titleKey(line.title);
  const byTitle = calls.filter((c) => titles.get(c) === title);
  const left = byTitle.length ? byTitle : calls;
  const byDay = line.deadline === null ? [] : left.filter((c) => c.days.includes(line.deadline!));
  return byDay.length ? byDay : left;
}

/**
 * Returns the edit distance of two identifiers, if small; their common prefix and suffix, usually most of
 * them, are skipped.
 */
function slips(a: string, b: string): number {
  let [start, end] = [0, 0];
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return Math.max(restA.length, restB.length) > MOST_APART ? Infinity : editDistance(restA, restB);
}

/**
 * Returns known identifiers similar to this one: first similar spellings, then those that differ only in the
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
 * Returns a function that finds the call of a line: by our own key, otherwise by topic identifier (of
 * several, the one whose page is named), otherwise by its page's URL or number, otherwise by title. `calls`
 * are those that the lines may refer to, `near` the suggestions for unknown identifiers.
 */
export function callFinder(
  calls: FoundCall[],
  near: ReadonlyMap<string, string[]>,
): (line: SheetLine) => Resolved {
  const byId = new Map(calls.map((c) => [c.id, c]));
  const byIdentifier = grouped(calls, (c) => (c.identifier === null ? [] : [c.identifier.toUpperCase()]));
  const byUrl = grouped(calls, (c) => (c.url === null ? [] : [c.url]));
  const byPage = grouped(calls, (c) => (c.url === null ? [] : [pageKey(c.url) ?? c.url]));
  const titles = new Map(calls.map((c) => [c, titleKey(c.title)]));
  const byTitle = grouped(calls, (c) => [titles.get(c)!]);
  return (line) => {
    const own = line.key === null ? undefined : byId.get(line.key);
    if (own) return { call: own, candidates: [], nearest: [] };
    const named = line.identifiers.flatMap((id) => byIdentifier.get(id) ?? []);
    const paged = line.pages.flatMap((page) => byPage.get(page) ?? []);
    const both = named.filter((call) => paged.includes(call));
    const known = both.length ? both : named.length ? named : paged;
    const shown = known.length || line.link === null ? known : (byUrl.get(line.link) ?? []);
    const titled = shown.length || line.title === null ? shown : (byTitle.get(titleKey(line.title)) ?? []);
    const left = narrowed(line, [...new Set(titled)], titles);
    if (left.length === 1) return { call: left[0]!, candidates: [], nearest: [] };
    return {
      call: null,
      candidates: left,
      nearest: left.length ? [] : (near.get(line.identifiers[0] ?? '') ?? []),
    };
  };
}

/** Returns the lines that refer to none of these calls; one step per line. */
export function* lostOf(lines: SheetLine[], calls: FoundCall[]): Generator<void, SheetLine[]> {
  const find = callFinder(calls, new Map());
  const lost: SheetLine[] = [];
  for (const line of lines) {
    const { call, candidates } = find(line);
    if (call === null && candidates.length === 0) lost.push(line);
    yield;
  }
  return lost;
}
