import type { QuickCheckTarget, ReadDocument, SourceRequest } from '../../domain/source.js';
import { askedAs, eachPageOnce, get, getAside, getCall, linksOf, type NameOf, pathOn } from './requests.js';

/** The most times the lists are read in one scan before its result is final. */
const MOST_ROUNDS = 4;
/** None of these sources has nearly as long a list; a list without an end must not be read forever. */
const MOST_LIST_PAGES = 60;

interface Walk {
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
const listed = (done: ReadDocument[]): string[] => linksOf(done.filter((d) => roundOf(d) > 0));

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

/** None of these sources has nearly as many control pages. */
const MOST_CONTROL_PAGES = 10;

/** A site's other index of its pages, against which its lists are checked. */
interface Control {
  /**
   * The path at which the control begins, and whether a path linked from it is a further page. All other
   * links are pages of calls.
   */
  control: string;
  isControl: (path: string) => boolean;
  /** The same for the list of closed calls: it identifies them without their pages being read. */
  over: string;
  isOver: (path: string) => boolean;
  nameOf: NameOf;
}

/**
 * Returns the next requests after a walk: the control, and each page linked from it but from no list,
 * requested as `stray`. Calls that the site lists as closed are left out, since they go back for years; if
 * that list is unavailable, strays cannot be told from last year's calls, and none is read. None of this
 * fails a run, but if anything is missing the run is not whole.
 */
export function planControl(
  done: ReadDocument[],
  { control, isControl, over, isOver, nameOf }: Control,
): SourceRequest[] {
  const asked = new Set(done.map((d) => d.key));
  const [controls, overs] = ['control', 'over'].map((word) => done.filter((d) => askedAs(word, d)));
  /** Returns the pages of a list not yet requested, starting with its first. */
  const pages = (
    word: string,
    first: string,
    read: ReadDocument[],
    isFurther: (path: string) => boolean,
    most: number,
  ): SourceRequest[] =>
    [...new Set([first, ...linksOf(read).filter(isFurther)])]
      .slice(0, most)
      .map((path) => getAside(word, path))
      .filter((r) => !asked.has(r.key));
  const without = (links: string[], known: string[]): string[] => {
    const names = new Set(known.map((link) => nameOf(link) ?? link));
    return links.filter((link) => !names.has(nameOf(link) ?? link));
  };

  const nextControls = pages('control', control, controls!, isControl, MOST_CONTROL_PAGES);
  if (nextControls.length) return nextControls;
  const unlisted = without(
    eachPageOnce(
      linksOf(controls!).filter((link) => !isControl(link)),
      nameOf,
    ),
    listed(done),
  );
  if (!unlisted.length) return [];

  const nextOvers = pages('over', over, overs!, isOver, MOST_LIST_PAGES);
  if (nextOvers.length) return nextOvers;
  if (overs!.some((d) => d.page.unread.length)) return [];
  const strays = without(unlisted, linksOf(overs!));
  return strays
    .map((path) => ({ ...getAside('stray', path), mayBeGone: true }))
    .filter((r) => !asked.has(r.key));
}
