import { lineOf } from './html-text.js';
import type { CheerioAPI } from 'cheerio';
import type { ReadDocument, SourceRequest } from '../../domain/source.js';

const host = (url: URL): string => url.host.replace(/^www\./, '');

const parsed = (href: string | undefined, base: string): URL | null =>
  href && URL.canParse(href, base) ? new URL(href, base) : null;

/**
 * Returns the path (with its query) of a link to the site itself, with or without `www.`; null if it leads
 * elsewhere.
 */
export function pathOn(origin: string, href: string | undefined): string | null {
  const url = parsed(href?.trim(), origin);
  if (!url || !/^https?:$/.test(url.protocol) || host(url) !== host(new URL(origin))) return null;
  // A path with two leading slashes would be another host.
  return `/${url.pathname.replace(/^\/+/, '')}${url.search}`;
}

/**
 * A link with what its page says about the target, and the reverse: that text from the key the link became.
 */
export const linkWith = (path: string, told: string): string => `${path}#${encodeURIComponent(told)}`;
export const textIn = (key: string): string =>
  decodeURIComponent(key.includes('#') ? key.slice(key.indexOf('#') + 1) : '');

/** Returns the paths on its site that a page gives as its own. */
const ownPaths = ($: CheerioAPI, origin: string): string[] =>
  [$('link[rel="canonical"]').attr('href'), $('meta[property="og:url"]').attr('content')].flatMap(
    (href) => pathOn(origin, href) ?? [],
  );

/**
 * Returns the paths by which a page may be identified: its own, then the requested one (our keys end with the
 * path).
 */
export function pathsOf($: CheerioAPI, key: string, origin: string): string[] {
  const asked = pathOn(origin, /(?:^| )(\/\S*)$/.exec(key)?.[1]);
  return [...ownPaths($, origin), ...(asked === null ? [] : [asked])];
}

/**
 * Returns why a page that was requested as a call's is another, by the address that it gives as its own: a
 * site may answer for a call with its home, a programme or a form. Null if that is a call's, or it gives
 * none.
 */
export function anotherPage(
  $: CheerioAPI,
  origin: string,
  isOfCalls: (path: string) => boolean,
): string | null {
  const own = ownPaths($, origin);
  return own.length === 0 || own.some(isOfCalls)
    ? null
    : `its address is answered with another page (${own[0]})`;
}

/** Link texts for the call's own page; not the submission site (at ANR "le site dédié"), nor last year's. */
const OWN_PAGE =
  /\b(site|page|website|web ?page|web ?site)\b[^.]{0,25}?\b(de|du|of)\b[^.]{0,15}?(l['’]appel|\bcall\b|programme conjoint)|\bcall(['’]?s)? (official )?(website|web ?page|web ?site|page|site)\b|\b(site|page) (web )?officielle?\b|\bofficial (call |joint )*(website|web ?page|page|site)\b|\b(website|page) (for|dedicated to) (the|this) (joint )?call\b/i;
const NOT_IT =
  /soumission|dépôt|depot|submission|submit|portal|portail|précédent|previous|edition|édition|résultat|result|inscription|register|registration/i;
const IS_FILE = /\.(pdf|docx?|xlsx?|pptx?|odt|ods|zip|rtf)$/i;

/**
 * Returns the addresses a page gives for its own call: links on other sites that are named as the call's own
 * site or page. They identify the call where its publisher is also read, so doubtful links are left out.
 */
export function ownPages($: CheerioAPI, root: string, origin: string): string[] {
  const found = $(root)
    .find('a[href]')
    .toArray()
    .flatMap((a) => {
      const url = parsed($(a).attr('href')?.trim(), origin);
      if (
        !url ||
        !/^https?:$/.test(url.protocol) ||
        host(url) === host(new URL(origin)) ||
        IS_FILE.test(url.pathname)
      )
        return [];
      const words = `${lineOf($(a))} ${$(a).attr('title') ?? ''}`.replace(/\s+/g, ' ').trim();
      return OWN_PAGE.test(words) && !NOT_IT.test(words) ? [url.href] : [];
    });
  return [...new Set(found)];
}

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
