export const ORIGIN = 'https://anr.fr';

/** The list of calls for proposals, from its first page on. */
export const LIST = '/fr/appels-a-projets/';

/** The feed of calls for proposals; the one without `aap` is of the news. */
export const FEED = '/rss/?aap';

/** The list stands at either of two addresses, and its pager may name the other. */
const AT_LIST = /^\/fr\/appels(-a-projets|-ouverts)?\/?(?=\?|$|page)/;

/** A further page of the list: `?tx_solr[page]=2`, with the brackets encoded or not, or `page/2/`. */
export const isFurtherPage = (path: string): boolean =>
  AT_LIST.test(path) && /page(%5D|\])?[=/]\d/i.test(path);

export const isList = (path: string): boolean => AT_LIST.test(path);

/**
 * A call's name in the path of its page, null for any other page. A query
 * (`?tx_anrprojects_request[action]=show&cHash=…`) may follow.
 */
export const callIn = (path: string): string | null =>
  /^\/fr\/detail\/call\/([^/?#]+)\/?(?:[?#]|$)/.exec(path)?.[1] ?? null;
