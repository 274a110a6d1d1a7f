import type { ReadDocument, SourceRequest } from '../../domain/source.js';
import { listed, MOST_LIST_PAGES } from './plan-walk.js';
import { askedAs, eachPageOnce, getAside, linksOf, type NameOf } from './requests.js';

/** None of these sources has nearly as many control pages. */
const MOST_CONTROL_PAGES = 10;

/** A site's other index of its pages, against which its lists are checked. */
export interface Control {
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
