import type { QuickCheckTarget, ReadDocument, SourceRequest } from '../../domain/source.js';
import { pathOn } from './addresses.js';
import { askedAs, eachPageOnce, get, getAside, getCall, linksOf, type NameOf } from './requests.js';

/** How often the lists are read in a scan before it is left at what was found. */
const MOST_ROUNDS = 4;
/** No list of these sources is nearly as long; one whose pages never end must not be read for ever. */
export const MOST_LIST_PAGES = 60;

export interface Walk {
  /** The paths at which the lists begin. */
  lists: string[];
  /**
   * Whether a path that a list names is a further page of it. All else that it names is a call's own page.
   */
  isList?: (path: string) => boolean;
  /** Paths that may name calls too, and need not be there. */
  hints?: string[];
  /** A call's name in the path of its page, where there are several links to one. */
  nameOf?: NameOf;
}

/** A page of a list is asked anew in each round; a call's page once, under its path. */
const listKey = (round: number, path: string): string => `list.${round} ${path}`;
const roundOf = ({ key }: ReadDocument): number => Number(/^list\.(\d+) /.exec(key)?.[1] ?? 0);

/** All that the lists of a scan named, in whatever round. */
export const listed = (done: ReadDocument[]): string[] => linksOf(done.filter((d) => roundOf(d) > 0));

const unique = (paths: string[]): string[] => [...new Set(paths)];
const sameSet = (a: string[], b: string[]): boolean => a.length === b.length && a.every((x) => b.includes(x));

/**
 * The next requests of a scan over lists and the pages that they name: the lists to their last page, the
 * calls' pages, and the lists again, until two rounds in a row name the same. A list that changed meanwhile
 * has moved its rows from page to page, and one of them may have been on none. The second scan begins with
 * the last list. Hints are asked once.
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

/** The pages of these calls again, where they stand on this site. */
export function quickCheckAt(calls: QuickCheckTarget[], origin: string): SourceRequest[] {
  const paths = calls.flatMap(({ url }) => (url ? (pathOn(origin, url) ?? []) : []));
  return unique(paths).map(getCall);
}
