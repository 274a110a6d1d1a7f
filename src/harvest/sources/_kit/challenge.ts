/**
 * Titles of the pages that stand before a site: Cloudflare's, DataDome's, Imperva's and plain ones, in
 * English and French.
 */
const TITLES =
  /<title[^<>]*>\s*(just a moment|one moment|attention required|please wait|security check|checking your browser|ddos-guard|access denied|human verification|are you a robot|robot check|verif(y|ying) (you|that)|un (instant|moment)|v[ée]rification (de s[ée]curit[ée]|de votre navigateur|en cours)|acc[èe]s refus[ée])/i;

/**
 * What only such pages hold. Cloudflare's script alone is no sign: it is put into ordinary pages too, and so
 * are captchas.
 */
const MARKS =
  /_cf_chl_opt|id="challenge-(form|running|error-text)"|captcha-delivery\.com|_Incapsula_Resource|\/\.well-known\/sgcaptcha|px-captcha/i;

/**
 * The words between tags, without those of scripts and styles: from the end of one script to the beginning of
 * the next.
 */
const seenWords = (html: string): string =>
  html
    .split(/<\/(?:script|style)>/i)
    .map((piece) => piece.replace(/<(?:script|style)[\s\S]*$/i, ''))
    .join('')
    .replace(/<[^<>]*>/g, '');

/** A page that stands before a site has no heading of the site's own and hardly a word. */
const isBare = (html: string): boolean => !/<h1[\s>]/i.test(html) || seenWords(html).trim().length < 600;

/**
 * Whether a page is a check of the browser, which an honest program does not pass: it is asked again later.
 */
export const isChallenge = (html: string): boolean => TITLES.test(html) || (MARKS.test(html) && isBare(html));
