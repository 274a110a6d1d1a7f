import type { CallContent } from '../call-content.js';

/**
 * Whether a grant is a lump sum, and the words of the call that say so; null if its source states it outside
 * the text.
 */
export interface LumpSum {
  yes: boolean;
  quote: string | null;
}

/** Sentences of the conditions that say it. */
const PATTERNS = [
  /(?:Eligible costs (?:will |shall )?)?takes? the form of a lump sum\b/i,
  /refer to the (?:Lump Sum Model Grant Agreement|[^.]{0,30}\bGrant Agreement for Lump Sum)/i,
  /\bawarded as a single lump sum\b/i,
];
/**
 * The model grant agreement that is named first; a list that merely includes one for lump sums says nothing.
 * In capitals: lower case heads the list of all forms.
 */
const AGREEMENTS =
  /Model Grant Agreements? \(MGA\)[:\s]*((?:(?!Call-specific|Additional|Guidance)[^.:\n]){1,60})/g;
const LUMP_FIRST = /^(?:[A-Z]+(?:, [A-Z]+)*(?: and [A-Z]+)? )?Lump Sum MGA/;

/**
 * Returns whether the grant is a lump sum: by its type of grant agreement if the source states it, otherwise
 * by its type of action, by a sentence of its conditions, or by the model grant agreement they name. The
 * decision on lump sums among the reference documents means nothing: every topic lists it. Null if unknown.
 */
export function lumpSumOf({
  lumpSum,
  typesOfAction,
  sections,
}: Pick<CallContent, 'lumpSum' | 'typesOfAction' | 'sections'>): LumpSum | null {
  if (lumpSum !== undefined) return { yes: lumpSum, quote: null };
  const type = typesOfAction.find((t) => /\blump sum\b/i.test(t));
  if (type && typesOfAction.length === 1) return { yes: true, quote: type };
  const text = sections
    .filter((s) => s.kind === 'conditions')
    .map((s) => s.text)
    .join('\n');
  const said = PATTERNS.map((pattern) => pattern.exec(text)).find((m) => m !== null);
  if (said) return { yes: true, quote: said[0] };
  const agreement = [...text.matchAll(AGREEMENTS)].map((m) => m[1]!.trim()).find((a) => a.includes('MGA'));
  if (!agreement) return null;
  if (LUMP_FIRST.test(agreement)) return { yes: true, quote: 'Lump Sum MGA' };
  return /lump sum/i.test(agreement) || !/\bMGA\b/.test(agreement)
    ? null
    : { yes: false, quote: /^.*?\bMGA/.exec(agreement)![0] };
}
