/** The site whose calls are read. `calls.example` belongs to nobody. */
export const ORIGIN = 'https://calls.example';

/** The path at which its list begins. */
export const LIST = '/calls/';

/** Whether a path is a further page of the list. */
export const isFurtherPage = (path: string): boolean => /^\/calls\/\?page=\d+$/.test(path);

/**
 * Returns the call's name in its page's path, null for others. It is the call's key and must never change.
 */
export const callIn = (path: string): string | null => /^\/calls\/([a-z0-9-]+)\/$/.exec(path)?.[1] ?? null;
