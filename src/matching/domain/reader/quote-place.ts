import type { CallContent } from '../../../calls/domain/call-content.js';

/** The place of a quote in a call: the field's name as in evidence, and offsets into its text. */
export interface QuotePlace {
  field: string;
  start: number;
  end: number;
}

/** Returns the letters and digits as compared, each with its offset in the text. */
function plainLetters(text: string): { plain: string; at: number[] } {
  const at: number[] = [];
  let [plain, offset, gap] = ['', 0, true];
  for (const letter of text) {
    const folded = letter.normalize('NFKC').toLowerCase();
    if (/[\p{L}\p{N}]/u.test(folded)) {
      plain += folded;
      at.push(...Array.from({ length: folded.length }, () => offset));
      gap = false;
    } else if (!gap) {
      plain += ' ';
      at.push(offset);
      gap = true;
    }
    offset += letter.length;
  }
  return { plain, at };
}

/**
 * Returns the place of a quote, looking at the call's text before its title; null if no field contains it in
 * one piece.
 */
export function placeOfQuote(
  quote: string,
  { title, sections }: Pick<CallContent, 'title' | 'sections'>,
): QuotePlace | null {
  const wanted = plainLetters(quote).plain.trim();
  if (wanted === '') return null;
  const fields = [
    ...sections.map(({ text }, i) => ({ field: `sections.${i}`, text })),
    { field: 'title', text: title },
  ];
  for (const { field, text } of fields) {
    const { plain, at } = plainLetters(text);
    const found = ` ${plain} `.indexOf(` ${wanted} `);
    if (found < 0) continue;
    const last = at[found + wanted.length - 1]!;
    return { field, start: at[found]!, end: last + (text.codePointAt(last)! > 0xffff ? 2 : 1) };
  }
  return null;
}
