import type { CheerioAPI } from 'cheerio';

const host = (url: URL): string => url.host.replace(/^www\./, '');

const parsed = (href: string | undefined, base: string): URL | null =>
  href && URL.canParse(href, base) ? new URL(href, base) : null;

/**
 * The path (with its query) of a link, where it leads to the site itself, with or without `www.`; null where
 * it leads elsewhere.
 */
export function pathOn(origin: string, href: string | undefined): string | null {
  const url = parsed(href?.trim(), origin);
  if (!url || !/^https?:$/.test(url.protocol) || host(url) !== host(new URL(origin))) return null;
  // Two slashes at the beginning would be another host.
  return `/${url.pathname.replace(/^\/+/, '')}${url.search}`;
}

/**
 * A link with what the page that names it tells of that one; and what stands so in the key that the link
 * became.
 */
export const linkWith = (path: string, told: string): string => `${path}#${encodeURIComponent(told)}`;
export const textIn = (key: string): string =>
  decodeURIComponent(key.includes('#') ? key.slice(key.indexOf('#') + 1) : '');

/**
 * The paths by which a page may be known: as it names itself, then as it was asked for (our keys end with the
 * path).
 */
export function pathsOf($: CheerioAPI, key: string, origin: string): string[] {
  const own = [$('link[rel="canonical"]').attr('href'), $('meta[property="og:url"]').attr('content')];
  const asked = /(?:^| )(\/\S*)$/.exec(key)?.[1];
  return [...own, asked].flatMap((href) => pathOn(origin, href) ?? []);
}

/**
 * How a link to the call's own page is called; not the place where proposals are handed in (at ANR "le site
 * dédié"), nor last year's call.
 */
const OWN_PAGE =
  /\b(site|page|website|web ?page|web ?site)\b[^.]{0,25}?\b(de|du|of)\b[^.]{0,15}?(l['’]appel|\bcall\b|programme conjoint)|\bcall(['’]?s)? (official )?(website|web ?page|web ?site|page|site)\b|\b(site|page) (web )?officielle?\b|\bofficial (call |joint )*(website|web ?page|page|site)\b|\b(website|page) (for|dedicated to) (the|this) (joint )?call\b/i;
const NOT_IT =
  /soumission|dépôt|depot|submission|submit|portal|portail|précédent|previous|edition|édition|résultat|result|inscription|register|registration/i;
const IS_FILE = /\.(pdf|docx?|xlsx?|pptx?|odt|ods|zip|rtf)$/i;

/**
 * The addresses that a page gives for the very call it tells of: links that are named as the call's own site
 * or page, on another site. By them the call is known again where its publisher is read too, so a link that
 * may be another's is left out.
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
      const words = `${$(a).text()} ${$(a).attr('title') ?? ''}`.replace(/\s+/g, ' ').trim();
      return OWN_PAGE.test(words) && !NOT_IT.test(words) ? [url.href] : [];
    });
  return [...new Set(found)];
}
