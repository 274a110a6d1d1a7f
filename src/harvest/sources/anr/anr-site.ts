export const ORIGIN = 'https://anr.fr';

/** The first page of the list of calls for proposals. */
export const LIST = '/fr/appels-a-projets/';

/** The feed of calls for proposals; without `aap` it is the news feed. */
export const FEED = '/rss/?aap';

/** The list is available at two addresses, and its pager may link to the other. */
const AT_LIST = /^\/fr\/appels(-a-projets|-ouverts)?\/?(?=\?|$|page)/;

/** Whether a path is a further page: `?tx_solr[page]=2`, with the brackets encoded or not, or `page/2/`. */
export const isFurtherPage = (path: string): boolean =>
  AT_LIST.test(path) && /page(%5D|\])?[=/]\d/i.test(path);

export const isList = (path: string): boolean => AT_LIST.test(path);

/**
 * Returns a call's name from the path of its page, null for any other page. A query
 * (`?tx_anrprojects_request[action]=show&cHash=…`) may follow.
 */
export const callIn = (path: string): string | null =>
  /^\/fr\/detail\/call\/([^/?#]+)\/?(?:[?#]|$)/.exec(path)?.[1] ?? null;
