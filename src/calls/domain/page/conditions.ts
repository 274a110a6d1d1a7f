import type { Section } from '../parsed-call.js';

export const CONDITION_PARTS = [
  'admissibility',
  'countries',
  'eligibility',
  'capacity',
  'evaluation',
  'grant',
  'specific',
] as const;
type ConditionPart = (typeof CONDITION_PARTS)[number];

/** The conditions specific to the topic under one heading, verbatim. */
export interface ConditionPoints {
  part: ConditionPart;
  points: string[];
}

/** The headings as the portal numbers them; they run into the surrounding text. */
const HEADINGS: [ConditionPart, string][] = [
  ['admissibility', String.raw`1\.\s*Admissibility Conditions?[:,]?\s*(?:Proposal page limits? and layout)?`],
  ['countries', String.raw`2\.\s*Eligible Countries`],
  ['eligibility', String.raw`3\.\s*Other Eligib(?:le|ility) Conditions?`],
  ['capacity', String.raw`4\.\s*Financial and operational capacity and exclusion`],
  [
    'evaluation',
    String.raw`5[a-c]?\.\s*Evaluation and award:?\s*(?:Award criteria, scoring and thresholds|Submission and evaluation process(?:es)?|Indicative timeline for evaluation and grant agreement)?`,
  ],
  ['grant', String.raw`6\.\s*Legal and financial set-?up of the grants?`],
  ['specific', String.raw`Specific conditions`],
];
/** Where the conditions end and the list of forms and documents begins. */
const END = String.raw`Call documents? and annexes|Call Documents?:|Application and evaluation forms|Application form templates?|Additional documents:|HE Main Work Programme`;
/** A match of any group but the last starts that part; the last group starts the list of documents. */
const CUTS = new RegExp(`${HEADINGS.map(([, pattern]) => `(${pattern})`).join('|')}|(${END})`, 'gi');

/** Text under one heading; null before the first, `documents` for the list at the end. */
interface UnderHeading {
  part: ConditionPart | 'documents' | null;
  text: string;
}

/** Cuts the text of conditions at its headings. */
export function cutAtHeadings(text: string): UnderHeading[] {
  const cuts = [...text.matchAll(CUTS)];
  return [
    { part: null, text: text.slice(0, cuts[0]?.index) },
    ...cuts.map((cut, i) => ({
      part: HEADINGS[cut.slice(1).findIndex((group) => group !== undefined)]?.[0] ?? ('documents' as const),
      text: text.slice(cut.index + cut[0].length, cuts[i + 1]?.index),
    })),
  ];
}

/** Sentences that only refer elsewhere, and those found in every call. */
export const POINTERS = [
  /^(?:(?:are|is|as|all)\s+)*described\b/i,
  /^(?:n\/a|not applicable|none|tbd)\b/i,
  /^(?:please )?see+ /i,
  /^to be completed/i,
  /\bdescribed in Part B of the Application Form\b/i,
  /^A number of non-EU\/non-Associated Countries\b/i,
  /^Please use the application form\b/i,
  /^Applications must be submitted before the call deadline\b/i,
  /^Paper submissions\b/i,
  /^In addition, as described\b/i,
  /\b(?:is|are) (?:available |published )?on the (?:website|web page) of\b/i,
  /^[\p{L}, -]{1,80} (?:are|is) described (?:in|below)\b.{0,120}$/iu,
];
/** A separate fact, shown next to the conditions. */
const LUMP_SUM = /\btakes? the form of a lump sum\b/i;
const FOOTNOTE = /\[\[(?:(?!\[\[|\]\])[\s\S])*\]\]/g;
/** Anything shorter is a fragment of a heading or list. */
const SHORTEST = 20;
const SENTENCE_END = /\n|(?<=[.!?;])\s*(?=\p{Lu}\p{Ll}|\p{Lu}\s)|(?<=[.!?])(?=(?:are |is )?described\b)/u;

/** Returns the sentences of a text, without footnotes. */
export const sentencesIn = (text: string): string[] =>
  text
    .replace(FOOTNOTE, '')
    .split(SENTENCE_END)
    .map((s) => s.replace(/^[\s:;,.–-]+/, '').trim())
    .filter(Boolean);

const pointsOf = (text: string): string[] =>
  sentencesIn(text).filter((s) => s.length >= SHORTEST && ![...POINTERS, LUMP_SUM].some((p) => p.test(s)));

/**
 * Returns the points of a topic's conditions that are specific to it: its sentences by heading, without those
 * that only refer to the general annexes or the call document, and without footnotes. Nothing is reworded.
 * Empty if it has no conditions of its own.
 */
export function conditionsInShort(sections: Section[]): ConditionPoints[] {
  const text = sections
    .filter((s) => s.kind === 'conditions')
    .map((s) => s.text)
    .join('\n');
  const parts = cutAtHeadings(text);
  return CONDITION_PARTS.flatMap((part) => {
    const points = [...new Set(parts.filter((p) => p.part === part).flatMap((p) => pointsOf(p.text)))];
    return points.length ? [{ part, points }] : [];
  });
}
