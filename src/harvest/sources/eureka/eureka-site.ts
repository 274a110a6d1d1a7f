export const ORIGIN = 'https://www.eurekanetwork.org';

const CALLS = '/programmes-and-calls/';

/** The site lists its calls by state. Closed ones are not read: they go back for years. */
export const LISTS = [`${CALLS}?status=open`, `${CALLS}?status=upcoming`];

/** The list of closed calls is read if the control links to calls that are on neither of the others. */
export const OVER = `${CALLS}?status=closed`;

/** Returns the number in the path of a list page: `page/2/?status=open` or `?status=open&paged=2`. */
const numberIn = (path: string): number =>
  Number(
    /^\/programmes-and-calls\/page\/(\d+)\//.exec(path)?.[1] ??
      /^\/programmes-and-calls\/\?.*\bpaged=(\d+)/.exec(path)?.[1] ??
      0,
  );

/** Whether a path is a further page of the lists that are read, or of the closed list. */
export const isFurtherPage = (path: string): boolean =>
  /[?&]status=(open|upcoming)\b/.test(path) && numberIn(path) > 1;
export const isOver = (path: string): boolean => /[?&]status=closed\b/.test(path) && numberIn(path) > 1;

const POSTS = '/wp-json/wp/v2/programmes';

/** The most rows that WordPress returns at once. */
export const CONTROL_ROWS = 100;

/**
 * Returns the path of the control from a row on. WordPress rejects a page number beyond the last; an offset
 * beyond the last row gives an empty answer.
 */
export const controlFrom = (offset: number): string =>
  `${POSTS}?per_page=${CONTROL_ROWS}${offset ? `&offset=${offset}` : ''}`;
export const isControl = (path: string): boolean => path.startsWith(`${POSTS}?`);
export const offsetIn = (key: string): number => Number(/[?&]offset=(\d+)/.exec(key)?.[1] ?? 0);

export const isList = (path: string): boolean => /^\/programmes-and-calls\/(page\/\d+\/)?(\?|$)/.test(path);

/** The programmes' own pages are among those of their calls. */
const PROGRAMMES: Record<string, string> = {
  eurostars: 'Eurostars',
  innowwide: 'Innowwide',
  'eureka-clusters': 'Eureka Clusters',
  'network-projects': 'Network Projects',
  globalstars: 'Globalstars',
  'investment-readiness': 'Investment Readiness',
  'fast-track-to-the-eic-accelerator': 'Fast Track to the EIC Accelerator',
};

/** Returns a call's name from the path of its page, null for lists and the programmes' own pages. */
export function callIn(path: string): string | null {
  const name = /^\/programmes-and-calls\/([^?#]+?)\/?(?:[?#]|$)/.exec(path)?.[1];
  return name === undefined || Object.hasOwn(PROGRAMMES, name) || name.startsWith('page/') ? null : name;
}

/** Returns the programme named in a call's path. */
export const programmeIn = (name: string): string[] => {
  const first = name.split('/')[0]!;
  return Object.hasOwn(PROGRAMMES, first) ? [PROGRAMMES[first]!] : [];
};
