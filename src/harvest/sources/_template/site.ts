/** The site whose calls are read. `calls.example` belongs to nobody. */
export const ORIGIN = 'https://calls.example';

/** Where its list begins. */
export const LIST = '/calls/';

/** A further page of the list. */
export const isFurtherPage = (path: string): boolean => /^\/calls\/\?page=\d+$/.test(path);

/**
 * A call's name in the path of its page, null for any other page. It is the call's key: it must never change.
 */
export const callIn = (path: string): string | null => /^\/calls\/([a-z0-9-]+)\/$/.exec(path)?.[1] ?? null;
