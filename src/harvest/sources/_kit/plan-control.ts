import type { ReadDocument, SourceRequest } from '../../domain/source.js';
import { listed, MOST_LIST_PAGES } from './plan-walk.js';
import { askedAs, eachPageOnce, getAside, linksOf, type NameOf } from './requests.js';

/** No control of these sources is nearly as long. */
const MOST_CONTROL_PAGES = 10;

/** What a site says elsewhere of all its pages, to hold its lists against. */
export interface Control {
  /**
   * The path at which the control begins, and whether one that it names is a further page of it. All else is
   * a call's page.
   */
  control: string;
  isControl: (path: string) => boolean;
  /** The same of the list of the calls that are over: by it they are known without being read. */
  over: string;
  isOver: (path: string) => boolean;
  nameOf: NameOf;
}

/**
 * The next requests after a walk: the control, and each page that it names and no list does, asked as
 * `stray`. What the site lists as over is left out, as that goes back for years; where that list cannot be
 * had, nobody can tell a stray from a call of last year, and none is read. Nothing of this fails a run, and
 * where something is wanting the run is not whole.
 */
export function planControl(
  done: ReadDocument[],
  { control, isControl, over, isOver, nameOf }: Control,
): SourceRequest[] {
  const asked = new Set(done.map((d) => d.key));
  const [controls, overs] = ['control', 'over'].map((word) => done.filter((d) => askedAs(word, d)));
  /** The pages of a list that have not been asked for, from its first on. */
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
