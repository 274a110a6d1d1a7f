/** Control characters, soft hyphens, zero-width spaces and word joiners, none of which a reader sees. */
const INVISIBLE = /[^\P{Cc}\s]|[\u00ad\u200b\u2060\ufeff]/gu;

/** A lone surrogate, as at the end of a text cut mid-character. No database accepts it. */
const HALF = /\p{Cs}/gu;

/**
 * Returns a text as a reader sees it: composed (NFC), without invisible characters, lone surrogates replaced.
 */
const visible = (text: string): string =>
  text.normalize('NFC').replace(INVISIBLE, '').replace(HALF, '\ufffd');

/** Folds white space and keeps single line breaks. */
export const foldText = (text: string): string =>
  visible(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();

export const foldLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();

/** A footnote that is a URL, which the portal also puts into titles: "(IA)[[https://…]]". */
const FOOTNOTE = / ?\[\[https?:[^[\]]*(?:\]\]|$)/g;

/** Folds a title onto one line and removes footnotes. */
export const foldTitle = (text: string): string => foldLine(text).replace(FOOTNOTE, '').trim();
