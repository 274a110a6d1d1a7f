/** Control characters, soft hyphens, zero-width spaces and joiners of words: a reader sees none of them. */
const INVISIBLE = /[^\P{Cc}\s]|[\u00ad\u200b\u2060\ufeff]/gu;

/** Half of a character, as a text that was cut in the middle of one ends with. No database takes it. */
const HALF = /\p{Cs}/gu;

/**
 * A text as a reader sees it: characters composed (NFC), invisible ones left out, half ones shown as such.
 */
const visible = (text: string): string =>
  text.normalize('NFC').replace(INVISIBLE, '').replace(HALF, '\ufffd');

/** White space folded, line breaks kept, one at a time. */
export const foldText = (text: string): string =>
  visible(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();

/** All on one line. */
export const foldLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();

/** A footnote that is an address, as the portal writes it into titles too: "(IA)[[https://…]]". */
const FOOTNOTE = / ?\[\[https?:[^[\]]*(?:\]\]|$)/g;

/** A title, on one line and without footnotes. */
export const foldTitle = (text: string): string => foldLine(text).replace(FOOTNOTE, '').trim();
