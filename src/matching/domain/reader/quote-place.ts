import type { CallContent } from '../../../calls/domain/index.js';

/** Where a quote stands in a call: the name of the field as evidence names it, and offsets into its text. */
export interface QuotePlace {
  field: string;
  start: number;
  end: number;
}

/** Each letter and figure as it is compared, with the place in the text from which it is. */
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
 * Where the words of a quote stand, the text of the call before its title; null where they stand in no field
 * in one piece.
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
