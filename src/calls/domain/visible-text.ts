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

/**
 * Longer than any relevant sentence; without a limit, a text without full stops would be reread in full for
 * each match.
 */
const MOST = 500;

/** Returns the text before a match within its sentence or line. */
export function sentenceBefore({ input, index }: RegExpExecArray): string {
  const before = input.slice(Math.max(0, index - MOST), index);
  return before.slice(Math.max(before.lastIndexOf('.'), before.lastIndexOf('\n')) + 1);
}

/** Requirements on recipients of the project's money do not apply to its applicants. */
export const THIRD_PARTIES = /\bthird[\s-]part(?:y|ies)\b|\bFSTP\b|\bsub-?grant/i;

/** A span of a text, as UTF-16 offsets. */
export interface Stretch {
  start: number;
  end: number;
}

const count = (text: string, form: RegExp): number => text.match(form)?.length ?? 0;

/** A language that the platform does not know must not lose the reader the statement. */
const segmenterOf = (language: string): Intl.Segmenter =>
  new Intl.Segmenter(/^[a-z]{2}$/i.test(language) ? language : 'en', { granularity: 'sentence' });

/** Whether a full stop does not end the sentence: after an abbreviation, or inside a parenthesis. */
const isCutShort = (sentence: string): boolean =>
  /\b(?:e\.g|i\.e|etc|cf|incl|no|nos|approx|art|vs|ex|p\. ex)\.\s*$/i.test(sentence) ||
  count(sentence, /[([]/g) > count(sentence, /[)\]]/g);

export function cutAtSentences(text: string, { start, end }: Stretch, language: string): Stretch[] {
  const sentences: Stretch[] = [];
  for (const { index, segment } of segmenterOf(language).segment(text.slice(start, end))) {
    const last = sentences.at(-1);
    if (last && isCutShort(text.slice(last.start, last.end))) last.end = start + index + segment.length;
    else sentences.push({ start: start + index, end: start + index + segment.length });
  }
  return sentences;
}
