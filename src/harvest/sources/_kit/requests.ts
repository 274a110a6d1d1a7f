import type { ReadDocument, SourceRequest } from '../../domain/source.js';

export const get = (key: string, path: string): SourceRequest => ({
  key,
  path,
  method: 'GET',
  headers: {},
  body: null,
});

/** A call's page is asked under its link, and without the fragment in which a list tells something of it. */
export const getCall = (link: string): SourceRequest => ({
  ...get(link, link.replace(/#.*$/s, '')),
  mayBeGone: true,
});

/** What stands beside the lists, under a word that says what it is asked for. */
export const getAside = (word: string, path: string): SourceRequest => ({
  ...get(`${word} ${path}`, path),
  aside: 'control',
});

/** Whether a document was asked for under this word: its parser may read it otherwise. */
export const askedAs = (word: string, { key }: { key: string }): boolean => key.startsWith(`${word} `);

/** All that documents name. */
export const linksOf = (documents: ReadDocument[]): string[] => [
  ...new Set(documents.flatMap((d) => d.page.links)),
];

/** By what it is known that two links lead to the same page. */
export type NameOf = (path: string) => string | null;

/** Each page once: by its first link, or by the first that tells something of it where one does. */
export function eachPageOnce(links: string[], nameOf: NameOf): string[] {
  const pages = new Map<string, string>();
  for (const link of links) {
    const name = nameOf(link) ?? link;
    const before = pages.get(name);
    if (before === undefined || (link.includes('#') && !before.includes('#'))) pages.set(name, link);
  }
  return [...pages.values()];
}
