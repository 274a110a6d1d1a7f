import type { ReadDocument, SourceRequest } from '../../domain/source.js';

export const get = (key: string, path: string): SourceRequest => ({
  key,
  path,
  method: 'GET',
  headers: {},
  body: null,
});

/** A call's page is keyed by its link, but requested without the fragment in which a list describes it. */
export const getCall = (link: string): SourceRequest => ({
  ...get(link, link.split('#', 1)[0]!),
  mayBeGone: true,
});

/** A request outside the lists, under a word that states its purpose. */
export const getAside = (word: string, path: string): SourceRequest => ({
  ...get(`${word} ${path}`, path),
  aside: 'control',
});

/** Whether a document was requested under this word: its parser may read it differently. */
export const askedAs = (word: string, { key }: { key: string }): boolean => key.startsWith(`${word} `);

/** Returns all links of these documents. */
export const linksOf = (documents: ReadDocument[]): string[] => [
  ...new Set(documents.flatMap((d) => d.page.links)),
];

/** Returns the name that identifies a page: two links with the same name lead to the same page. */
export type NameOf = (path: string) => string | null;

/** Returns each page once: by its first link, or by the first link with a description if any. */
export function eachPageOnce(links: string[], nameOf: NameOf): string[] {
  const pages = new Map<string, string>();
  for (const link of links) {
    const name = nameOf(link) ?? link;
    const before = pages.get(name);
    if (before === undefined || (link.includes('#') && !before.includes('#'))) pages.set(name, link);
  }
  return [...pages.values()];
}
