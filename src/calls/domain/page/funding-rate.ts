import type { CallContent } from '../call-content.js';

/**
 * The share of eligible costs that the programme pays, in per cent: one rate if `from` and `to` are equal.
 */
export interface FundingRate {
  from: number;
  to: number;
  /** For non-profit legal entities, if different. */
  nonProfit: number | null;
}

const rate = (from: number, to = from, nonProfit: number | null = null): FundingRate => ({
  from,
  to,
  nonProfit,
});

/**
 * Joint undertakings and partnerships set lower rates in their own work programmes, as Regulation (EU)
 * 2021/695 allows.
 */
const OWN_RULES = /\bJU\b/;

const HORIZON: [RegExp, FundingRate][] = [
  [/\bResearch and Innovation Actions?\b/i, rate(100)],
  [/\bCoordination and Support Actions?\b/i, rate(100)],
  [/\bPre-commercial Procurement\b/i, rate(100)],
  [/\bPublic Procurement of Innovative Solutions\b/i, rate(50)],
  [/\bTMA MSCA Cofund\b/i, rate(30, 70)],
  [/\bProgramme Cofund Actions?\b/i, rate(30, 70)],
  [/\bTMA MSCA\b/i, rate(100)],
  [/\bERC Grants?\b/i, rate(100)],
  [/\bInnovation Actions?\b/i, rate(70, 70, 100)],
];

const OTHERS: [RegExp, FundingRate][] = [
  [/^DIGITAL Simple Grants$/i, rate(50)],
  [/^DIGITAL Coordination and Support Actions$/i, rate(100)],
];

function rateOf(typeOfAction: string): FundingRate | null {
  const name = typeOfAction.trim();
  if (OWN_RULES.test(name)) return null;
  const rules = /^(HORIZON|EURATOM)\b/.test(name) ? HORIZON : OTHERS;
  return rules.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/**
 * Returns the rate that a programme's general rules set for a type of action; a topic's conditions may set
 * another. Null if the rules leave it to each call, or if several types of action have different rates.
 *
 * Horizon Europe: Regulation (EU) 2021/695, article 34, and Work Programme, General Annexes, part G (research
 * and innovation, coordination and support, training and mobility, pre-commercial procurement 100 %;
 * innovation actions 70 %, non-profit 100 %; cofund 30 to 70 %; public procurement of innovative solutions 50
 * %). Euratom uses the same rules: Regulation (Euratom) 2021/765, article 7. Digital Europe: Work Programme,
 * annex on types of action (simple grants 50 %, coordination and support 100 %).
 */
export function fundingRate(typesOfAction: string[]): FundingRate | null {
  const [first, ...others] = typesOfAction.map(rateOf);
  if (!first) return null;
  return others.every(
    (o) => o && o.from === first.from && o.to === first.to && o.nonProfit === first.nonProfit,
  )
    ? first
    : null;
}

/**
 * Whether a grant is a lump sum, and the words of the call that say so; null if its source states it outside
 * the text.
 */
interface LumpSum {
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
