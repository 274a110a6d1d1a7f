export const ORIGIN = 'https://www.eurekanetwork.org';

const CALLS = '/programmes-and-calls/';

/** The site lists its calls by state. Closed ones are not read: they go back for years. */
export const LISTS = [`${CALLS}?status=open`, `${CALLS}?status=upcoming`];

/** The closed ones' list is read where the control names calls that are on neither of the others. */
export const OVER = `${CALLS}?status=closed`;

/** The number in the path of a list's page: `page/2/?status=open` or `?status=open&paged=2`. */
const numberIn = (path: string): number =>
  Number(
    /^\/programmes-and-calls\/page\/(\d+)\//.exec(path)?.[1] ??
      /^\/programmes-and-calls\/\?.*\bpaged=(\d+)/.exec(path)?.[1] ??
      0,
  );

/** A further page of the lists that are read, and of the closed ones'. */
export const isFurtherPage = (path: string): boolean =>
  /[?&]status=(open|upcoming)\b/.test(path) && numberIn(path) > 1;
export const isOver = (path: string): boolean => /[?&]status=closed\b/.test(path) && numberIn(path) > 1;

const POSTS = '/wp-json/wp/v2/programmes';

/** More than so many rows WordPress gives in no answer. */
export const CONTROL_ROWS = 100;

/**
 * The control from a row on. WordPress refuses a page behind the last by number; an offset behind the last
 * row is an empty answer.
 */
export const controlFrom = (offset: number): string =>
  `${POSTS}?per_page=${CONTROL_ROWS}${offset ? `&offset=${offset}` : ''}`;
export const isControl = (path: string): boolean => path.startsWith(`${POSTS}?`);
export const offsetIn = (key: string): number => Number(/[?&]offset=(\d+)/.exec(key)?.[1] ?? 0);

export const isList = (path: string): boolean => /^\/programmes-and-calls\/(page\/\d+\/)?(\?|$)/.test(path);

/** The programmes' own pages stand among those of their calls. */
const PROGRAMMES: Record<string, string> = {
  eurostars: 'Eurostars',
  innowwide: 'Innowwide',
  'eureka-clusters': 'Eureka Clusters',
  'network-projects': 'Network Projects',
  globalstars: 'Globalstars',
  'investment-readiness': 'Investment Readiness',
  'fast-track-to-the-eic-accelerator': 'Fast Track to the EIC Accelerator',
};

/** A call's name in the path of its page, null for lists and the programmes' own pages. */
export function callIn(path: string): string | null {
  const name = /^\/programmes-and-calls\/([^?#]+?)\/?(?:[?#]|$)/.exec(path)?.[1];
  return name === undefined || Object.hasOwn(PROGRAMMES, name) || name.startsWith('page/') ? null : name;
}

/** The programme that a call's path names. */
export const programmeIn = (name: string): string[] => {
  const first = name.split('/')[0]!;
  return Object.hasOwn(PROGRAMMES, first) ? [PROGRAMMES[first]!] : [];
};
