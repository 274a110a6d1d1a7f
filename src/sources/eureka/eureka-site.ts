export const ORIGIN = 'https://www.eurekanetwork.org';

const CALLS = '/programmes-and-calls/';

/** The site lists its calls by state. Closed ones are not read: they go back for years. */
export const LISTS = [`${CALLS}?status=open`, `${CALLS}?status=upcoming`];

const STATUS = /[?&]status=(open|upcoming)\b/;

/** A further page of a list: `page/2/?status=open` or `?status=open&paged=2`. */
export const isFurtherPage = (path: string): boolean =>
  STATUS.test(path) && Number(/^\/programmes-and-calls\/page\/(\d+)\//.exec(path)?.[1] ?? /^\/programmes-and-calls\/\?.*\bpaged=(\d+)/.exec(path)?.[1] ?? 0) > 1;

export const isList = (path: string): boolean => /^\/programmes-and-calls\/(page\/\d+\/)?(\?|$)/.test(path);

/** The programmes' own pages stand among those of their calls. */
const PROGRAMMES: Record<string, string> = {
  eurostars: 'Eurostars', innowwide: 'Innowwide', 'eureka-clusters': 'Eureka Clusters', 'network-projects': 'Network Projects',
  globalstars: 'Globalstars', 'investment-readiness': 'Investment Readiness', 'fast-track-to-the-eic-accelerator': 'Fast Track to the EIC Accelerator',
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
