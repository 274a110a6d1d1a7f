import type { CallContent } from './call-content.js';
import type { Section } from './parsed-call.js';

const LEVEL = String.raw`TRLs?\s*([1-9])(?:\s*(?:-|–|to|and)\s*(?:TRL\s*)?([1-9]))?`;
const START = new RegExp(String.raw`\bstart(?:ing)?\s+(?:at|from)\s+${LEVEL}`, 'i');
const ACHIEVE = new RegExp(String.raw`\b(?:achieve|reach|attain|up to)\s+(?:at least\s+)?${LEVEL}`, 'i');

function sentenceAround(text: string, index: number): string {
  const before = text.slice(0, index).search(/[^.\n]*$/);
  const after = text.slice(index).search(/\.(?=\s|\[|$)|\n|$/);
  return text.slice(before, index + after).trim();
}

/**
 * The technology readiness levels that the text states: where the activities start and what they achieve. Null where it
 * states neither; a level that is only mentioned (of earlier work, of a partnership) is not taken.
 */
export function statedTrl(sections: Section[]): CallContent['trl'] {
  for (const { text, kind } of sections) {
    if (kind === 'conditions') continue;
    const [start, achieve] = [START.exec(text), ACHIEVE.exec(text)];
    const found = start ?? achieve;
    if (!found) continue;
    const reached = achieve?.[2] ?? achieve?.[1];
    return {
      from: start?.[1] ? Number(start[1]) : null,
      to: reached ? Number(reached) : null,
      quote: sentenceAround(text, found.index),
    };
  }
  return null;
}
