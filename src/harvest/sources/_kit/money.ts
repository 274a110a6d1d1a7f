import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { plain } from './dates.js';

const NUMBER = String.raw`(?<n>\d{1,3}(?:[ .,]\d{3}){1,5}(?!\d)|(?<!\d)\d+(?:[.,]\d+)?)`;
const SCALE = String.raw`(?<scale>millions?|milliards?|billions?|thousand|bn|mn|M|k|m)?`;
const EURO = String.raw`(?:€|euros?\b|EUR\b)`;
const FORMS = [
  `${NUMBER} ?${SCALE}(?:\\b| )?(?: ?d'| of )? ?${EURO}`,
  `${EURO} ?${NUMBER} ?${SCALE}(?![\\w])`,
].map((form) => new RegExp(form, 'gi'));

const FIGURE = String.raw`(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?`;
const UNIT = String.raw`(?:millions?|milliards?|billions?|thousand|bn|mn|M|k|m)`;
/** "€1.2 to 1.5 million", "5-10 M€", "entre 5 et 10 M€": neither amount is the whole. */
const RANGE = new RegExp(
  [
    `${FIGURE} ?(?:-|to|a) ?(?:${EURO} ?)?${FIGURE} ?${UNIT}(?![a-z])`,
    `\\b(?:between|entre) ?(?:${EURO} ?)?${FIGURE} ?(?:and|et) ?(?:${EURO} ?)?${FIGURE} ?${UNIT}(?![a-z])`,
  ].join('|'),
  'i',
);

const ONE = String.raw`(?:projects?|projets?|propositions?|proposals?|dossiers?|partners?|partenaires?|equipes?|teams?|laborato|consorti|laureats?|beneficiar|beneficiaires?|applicants?|candidate?s?|participants?|doctora|theses?\b|grants?|countr|pays|an\b|annee|year|annum)`;
const AID = '(?:aides?|subventions?|grants?|awards?|contributions?|dotations?)';
/** What is with an amount that is not the whole call's. */
const OF_EACH = new RegExp(
  [
    String.raw`(?:\b(?:per|par) |${EURO} ?/ ?)${ONE}`,
    String.raw`\b(?:each|chacune?|pour chaque)\b`,
    String.raw`\b(?:for|to|pour|a) (?:an?|one|any|une?) (?:(?:single|individual|seule?|meme) )?(?:project|projet|proposition|proposal|dossier|partenaire|partner)\b`,
    String.raw`\b${AID}\b[^.;]{0,30}\bmax|\bmax(?:imum|imale?|\.)? (?:[a-z]+ ){0,2}${AID}|\bplafond`,
  ].join('|'),
  'i',
);

const SCALES: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9,
  milliard: 1e9,
};

/** NaN where the sign may be either: "1,200 million" is a thousand times as much in English as in French. */
function amountOf({ n, scale }: Record<string, string | undefined>): number {
  const times = scale ? SCALES[scale.toLowerCase().replace(/s$/, '')]! : 1;
  const isOfMillions = times >= SCALES['million']!;
  if (isOfMillions && /^[1-9]\d{0,2},\d{3}$/.test(n!)) return NaN;
  // "1.500.000", "30,000" and "30 000" have thousands separators; in "1,5" and "4.2" the sign is decimal, and
  // so it is in "0,750" and "2.375 million".
  const grouped = isOfMillions ? /^[1-9]\d{0,2}( \d{3})+$/ : /^[1-9]\d{0,2}([ .,]\d{3})+$/;
  const number = grouped.test(n!) ? n!.replace(/[ .,]/g, '') : n!.replace(',', '.');
  return Math.round(Number(number) * times);
}

/** Returns the only euro amount in a text; null if there are none or several. */
export function soleEuroAmount(text: string): number | null {
  const bare = plain(text);
  if (RANGE.test(bare)) return null;
  const found = FORMS.flatMap((form) => [...bare.matchAll(form)]).map((match) => amountOf(match.groups!));
  return new Set(found).size === 1 && found[0]! > 0 ? found[0]! : null;
}

/** A line on a budget has some hundred characters; one of 400,000 full of amounts takes a second. */
const LONGEST_LINE = 5_000;

/**
 * Returns the amount after a label, on its line or the next. Null if the label occurs twice or several
 * amounts follow: an amount per project or country is not the call's.
 */
function labelledAmount(text: string, label: RegExp): number | null {
  const lines = plain(text).split('\n');
  const at = lines.flatMap((line, i) => (label.test(line) ? [i] : []));
  if (at.length !== 1) return null;
  const own = lines[at[0]!]!.replace(label, '');
  const told = /\d/.test(own) ? own : (lines[at[0]! + 1] ?? '');
  if (told.length > LONGEST_LINE) return null;
  // A sentence after the first may say what each project gets at most, with an amount of its own.
  const whole = told
    .split(/\. +/)
    .filter((words, i) => i === 0 || !OF_EACH.test(words) || soleEuroAmount(words) === null)
    .join('. ');
  return OF_EACH.test(whole) ? null : soleEuroAmount(whole);
}

/** Returns the call's budget, as its page states it under this label. */
export function labelledBudget(text: string, label: RegExp): ParsedCall['budget'] {
  const total = labelledAmount(text, label);
  return total === null
    ? null
    : {
        currency: 'EUR',
        total,
        expectedGrants: null,
        minContribution: null,
        maxContribution: null,
        years: [],
      };
}
