export const ORIGIN = 'https://anr.fr';

/** The feed of calls for proposals; the one without `aap` is of the news. */
export const FEED = '/rss/?aap';

/** A call's name in the path of its page, null for any other page. A query (`?tx_anrprojects_request[action]=show&cHash=…`) may follow. */
export const callIn = (path: string): string | null => /^\/fr\/detail\/call\/([^/?#]+)\/?(?:\?|$)/.exec(path)?.[1] ?? null;
