import { assetStamp } from '../platform/api/static-files.js';

/** An address with these parameters, without null, undefined and empty ones. Lists are joined by commas. */
export function withQuery(
  path: string,
  query: Record<string, string | number | string[] | null | undefined>,
): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] => {
    const text = Array.isArray(value) ? value.join(',') : value;
    return text === null || text === undefined || text === '' ? [] : [[name, String(text)]];
  });
  return pairs.length ? `${path}?${new URLSearchParams(pairs).toString()}` : path;
}

/** The address of a file in `public`, with a stamp of its content, so that browsers can cache it for good. */
export const asset = (name: string): string => `/assets/${name}?${assetStamp(name)}`;
