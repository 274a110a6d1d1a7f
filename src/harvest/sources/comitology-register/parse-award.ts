import type { WordBlock } from '../../../kernel/document.js';
import type { AwardedProposal } from '../../domain/drafts/committee-document.js';

/** Columns of the annex by their headings; the first two must be there. */
const COLUMNS = {
  number: /^proposal (number|no|id)/i,
  acronym: /^acronym/i,
  title: /^title/i,
  topic: /^topic/i,
  coordinator: /^coordinator/i,
  grant: /contribution|grant/i,
} as const;
const NUMBER = /^\d{9}$/;

/** `1 653 131.00` and `1,653,131.00`. */
function amountIn(text: string): number | null {
  const plain = text.replace(/[\s,]/g, '');
  return /^\d+(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

/**
 * Returns the proposals that the annex of a draft decision lists. Only a table with the known columns counts:
 * what is not recognised is left to the reader.
 */
export function proposalsOf(blocks: WordBlock[]): AwardedProposal[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'table') return [];
    const head = block.rows[0] ?? [];
    const at = Object.fromEntries(
      Object.entries(COLUMNS).map(([name, form]) => [name, head.findIndex((cell) => form.test(cell))]),
    ) as Record<keyof typeof COLUMNS, number>;
    if (at.number < 0 || at.acronym < 0) return [];
    return block.rows.slice(1).flatMap((row): AwardedProposal[] => {
      const cell = (name: keyof typeof COLUMNS): string | null => row[at[name]] || null;
      const number = cell('number')?.replace(/\s/g, '') ?? '';
      if (!NUMBER.test(number)) return [];
      return [
        {
          number,
          acronym: cell('acronym'),
          title: cell('title'),
          topic: cell('topic'),
          coordinator: cell('coordinator'),
          grant: amountIn(cell('grant') ?? '') || null,
        },
      ];
    });
  });
}
