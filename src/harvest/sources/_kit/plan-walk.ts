import type { QuickCheckTarget, ReadDocument, SourceRequest } from '../../domain/source.js';
import { pathOn } from './addresses.js';
import { askedAs, eachPageOnce, get, getAside, getCall, linksOf, type NameOf } from './requests.js';

/** The most times the lists are read in one scan before its result is final. */
const MOST_ROUNDS = 4;
/** None of these sources has nearly as long a list; a list without an end must not be read forever. */
export const MOST_LIST_PAGES = 60;

export interface Walk {
  /** The paths at which the lists begin. */
  lists: string[];
  /** Whether a path linked from a list is a further page of it. All other links are pages of calls. */
  isList?: (path: string) => boolean;
  /** Paths that may also link to calls, and need not exist. */
  hints?: string[];
  /** Returns a call's name from the path of its page, in case several links lead to it. */
  nameOf?: NameOf;
}

/** A list page is requested again in each round; a call's page once, under its path. */
const listKey = (round: number, path: string): string => `list.${round} ${path}`;
const roundOf = ({ key }: ReadDocument): number => Number(/^list\.(\d+) /.exec(key)?.[1] ?? 0);

/** Returns everything the lists of a scan linked to, in any round. */
export const listed = (done: ReadDocument[]): string[] => linksOf(done.filter((d) => roundOf(d) > 0));

const unique = (paths: string[]): string[] => [...new Set(paths)];
const sameSet = (a: string[], b: string[]): boolean => a.length === b.length && a.every((x) => b.includes(x));

/**
 * Returns the next requests of a scan over lists and the pages they link to: all list pages, the calls'
 * pages, and the lists again, until two rounds in a row give the same links. If a list changes in between,
 * rows move from page to page, and one may have been on none. The second scan begins with the last list.
 * Hints are requested once.
 */
export function planWalk(
  done: ReadDocument[],
  scan: 1 | 2,
  { lists, isList = () => false, hints = [], nameOf = (path) => path }: Walk,
): SourceRequest[] {
  const ofList = (path: string): boolean => lists.includes(path) || isList(path);
  const round = Math.max(1, ...done.map(roundOf));
  const named = (k: number): string[] => linksOf(done.filter((d) => roundOf(d) === k));
  const hinted = linksOf(done.filter((d) => askedAs('hint', d)));
  const asked = new Set(done.map((d) => d.key));
  const fresh = (requests: SourceRequest[]): SourceRequest[] => requests.filter((r) => !asked.has(r.key));

  const listPages = unique([
    ...(scan === 1 ? lists : [...lists].reverse()),
    ...named(round).filter(ofList),
  ]).slice(0, MOST_LIST_PAGES);
  const nextPages = fresh([
    ...listPages.map((path) => get(listKey(round, path), path)),
    ...hints.map((path) => getAside('hint', path)),
  ]);
  if (nextPages.length) return nextPages;

  const calls = (k: number): string[] =>
    eachPageOnce(
      [...named(k), ...hinted].filter((path) => !ofList(path)),
      nameOf,
    );
  const nextCalls = fresh(calls(round).map(getCall));
  if (nextCalls.length) return nextCalls;

  const settled = round > 1 && sameSet(calls(round), calls(round - 1));
  return settled || round >= MOST_ROUNDS ? [] : [get(listKey(round + 1, listPages[0]!), listPages[0]!)];
}

/** Requests the pages of these calls again, if they are on this site. */
export function quickCheckAt(calls: QuickCheckTarget[], origin: string): SourceRequest[] {
  const paths = calls.flatMap(({ url }) => (url ? (pathOn(origin, url) ?? []) : []));
  return unique(paths).map(getCall);
}
