import type { GlanceTarget, ReadDocument, SourceRequest } from '../../domain/source/source.js';
import { pathOn } from './addresses.js';

/** How often the lists are read in a scan before it is left at what was found. */
const MOST_ROUNDS = 4;
/** No list of these sources is nearly as long; one whose pages never end must not be read for ever. */
const MOST_LIST_PAGES = 60;

export interface Walk {
  /** The paths at which the lists begin. */
  lists: string[];
  /** Whether a path that a list names is a further page of it. All else that it names is a call's own page. */
  isList?: (path: string) => boolean;
}

const get = (key: string, path: string): SourceRequest => ({ key, path, method: 'GET', headers: {}, body: null });
const getCall = (path: string): SourceRequest => ({ ...get(path, path), mayBeGone: true });

/** A page of a list is asked anew in each round; a call's page once, under its path. */
const listKey = (round: number, path: string): string => `list.${round} ${path}`;
const roundOf = ({ key }: ReadDocument): number => Number(/^list\.(\d+) /.exec(key)?.[1] ?? 0);

const unique = (paths: string[]): string[] => [...new Set(paths)];
const sameSet = (a: string[], b: string[]): boolean => a.length === b.length && a.every((x) => b.includes(x));

/**
 * The next requests of a scan over lists and the pages that they name: the lists to their last page, the calls' pages, and
 * the lists again, until two rounds in a row name the same. A list that changed meanwhile has moved its rows from page to
 * page, and one of them may have been on none. The second scan begins with the last list.
 */
export function planWalk(done: ReadDocument[], scan: 1 | 2, { lists, isList = () => false }: Walk): SourceRequest[] {
  const ofList = (path: string): boolean => lists.includes(path) || isList(path);
  const round = Math.max(1, ...done.map(roundOf));
  const named = (k: number): string[] => unique(done.filter((d) => roundOf(d) === k).flatMap((d) => d.page.links));
  const asked = new Set(done.map((d) => d.key));
  const listPages = unique([...(scan === 1 ? lists : [...lists].reverse()), ...named(round).filter(ofList)]).slice(0, MOST_LIST_PAGES);
  const nextPages = listPages.filter((path) => !asked.has(listKey(round, path)));
  if (nextPages.length) return nextPages.map((path) => get(listKey(round, path), path));

  const calls = (k: number): string[] => named(k).filter((path) => !ofList(path));
  const nextCalls = calls(round).filter((path) => !asked.has(path));
  if (nextCalls.length) return nextCalls.map(getCall);

  const settled = round > 1 && sameSet(calls(round), calls(round - 1));
  return settled || round >= MOST_ROUNDS ? [] : [get(listKey(round + 1, listPages[0]!), listPages[0]!)];
}

/** The pages of these calls again, where they stand on this site. */
export function glanceAt(calls: GlanceTarget[], origin: string): SourceRequest[] {
  const paths = calls.flatMap(({ url }) => (url ? (pathOn(origin, url) ?? []) : []));
  return unique(paths).map(getCall);
}
