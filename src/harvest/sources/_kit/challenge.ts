/** Titles of challenge pages: Cloudflare's, DataDome's, Imperva's and plain ones, in English and French. */
const TITLES =
  /<title[^<>]*>\s*(just a moment|one moment|attention required|please wait|security check|checking your browser|ddos-guard|access denied|human verification|are you a robot|robot check|verif(y|ying) (you|that)|un (instant|moment)|v[ée]rification (de s[ée]curit[ée]|de votre navigateur|en cours)|acc[èe]s refus[ée])/i;

/**
 * Marks found only on challenge pages. Cloudflare's script alone is no sign: ordinary pages have it too, and
 * captchas as well.
 */
const MARKS =
  /_cf_chl_opt|id="challenge-(form|running|error-text)"|captcha-delivery\.com|_Incapsula_Resource|\/\.well-known\/sgcaptcha|px-captcha/i;

/**
 * Returns the text between tags without scripts and styles: from the end of one script to the start of the
 * next.
 */
const seenWords = (html: string): string =>
  html
    .split(/<\/(?:script|style)>/i)
    .map((piece) => piece.replace(/<(?:script|style)[\s\S]*$/i, ''))
    .join('')
    .replace(/<[^<>]*>/g, '');

/** A challenge page has no heading of the site and hardly any text. */
const isBare = (html: string): boolean => !/<h1[\s>]/i.test(html) || seenWords(html).trim().length < 600;

/** Whether a page is a browser check, which an honest program does not pass: it is retried later. */
export const isChallenge = (html: string): boolean => TITLES.test(html) || (MARKS.test(html) && isBare(html));
