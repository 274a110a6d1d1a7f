import { z } from 'zod';
import type { CallContent } from './call-content.js';
import { CONDITION_PARTS, cutAtHeadings, POINTERS } from './page/conditions.js';
import { lumpSumOf } from './page/funding-rate.js';
import { Section } from './parsed-call.js';
import { ownIdentifier } from './related-calls.js';

/** A sentence or list item of a call as it stands there, and where. */
const Quoted = z.object({
  quote: z.string(),
  section: Section.shape.kind,
  title: z.string().describe('the heading in the source; empty if it has none'),
  part: z.enum(CONDITION_PARTS).nullable().describe('the heading of the conditions; null elsewhere'),
});
export type Quoted = z.infer<typeof Quoted>;

export const Restriction = Quoted.extend({
  kind: z
    .enum(['onlyFor', 'minPartners', 'mustInclude', 'excluded'])
    .describe(
      '`onlyFor`: who alone may answer; `minPartners`: how many; `mustInclude`: who must be among them; `excluded`: what is not funded',
    ),
});
export type Restriction = z.infer<typeof Restriction>;

const Level = z.number().int().min(1).max(9).nullable();
const TrlRange = Quoted.extend({
  at: z.enum(['start', 'end']),
  from: Level.describe('null for "up to"'),
  to: Level.describe('null for "or higher"'),
});
export type TrlRange = z.infer<typeof TrlRange>;

/** What a call says of who may answer and how; null or empty where nothing was found in its text. */
export const Requirements = z.object({
  trl: z.array(TrlRange).describe('technology readiness levels, where one starts and what is reached'),
  lumpSum: z.object({ yes: z.boolean(), quote: z.string().nullable() }).nullable(),
  twoStage: z.boolean(),
  jrc: Quoted.nullable().describe('the Joint Research Centre may take part'),
  pageLimit: Quoted.extend({ pages: z.number().int() }).nullable(),
  duration: Quoted.nullable(),
  thirdParties: Quoted.nullable().describe('money may be passed on to third parties'),
  restrictions: z.array(Restriction),
});
export type Requirements = z.infer<typeof Requirements>;

const any = (...patterns: string[]): RegExp => new RegExp(patterns.join('|'), 'i');

const FOOTNOTE = /\[\[(?:(?!\[\[|\]\])[\s\S])*\]\]|\[\d{1,3}\]/g;
const ABBREVIATED = /(?:\b(?:e\.g|i\.e|cf|incl|nos?|approx|art|vs|ex)\.|\([^()]*)$/iu;
/** "etc." ends a sentence where another begins behind it. */
const AND_SO_ON = /\betc\.$/i;
/** Where a sentence or list item ends, also where the source ran the next into it. */
const ENDS =
  /\n|(?<=[.!?;:]["”’)]?)\s+(?=\S)|(?<=[\p{L}\p{N})\]”’%\s][.;:!?])(?=[\p{Lu}‘“(-])|(?<=\p{L}{2}[;:])(?=\p{Ll})|(?<=[\p{Ll}.]\s?)null(?=\p{Lu})|(?<=[\p{Ll}.])(?=(?:are )?described in (?:Annex|section|Part|the)\b)/gu;
/** A list item goes on from the line above it, which is kept to this length. */
const LONGEST_STEM = 200;
/** What a line that ends in a colon is quoted with: "the following countries: …". */
const [LONGEST_LIST, MOST_ITEMS] = [600, 20];
/** Nobody reads a longer one as a sentence: the source lost its full stops. */
const LONGEST = 1_500;
export const FEWEST_WORDS = 5;

export interface Unit extends Quoted {
  /** Without footnotes, on one line. */
  plain: string;
  /** Its words with the items that follow, if it ends in a colon. */
  list: string;
  /** The line that introduces its list; empty if there is none. */
  stem: string;
  /** With that line, unless it demands something by itself. */
  whole: string;
}

const NOTE_NUMBER = /\[(\d{1,2})\]/g;
/** A number within a sentence refers to a note. */
const WITHIN_SENTENCE = /[^.!?:;\s\])”"’]\s?\[\d{1,2}\](?:\s?[,;.)]|\s(?!https?:)\p{Ll})/u;

/**
 * Returns the sections without the lists of notes at their ends. Such a list counts upwards without a gap,
 * from the first number that the text refers to at least to the last.
 */
export function withoutNoteLists<T extends { text: string }>(sections: readonly T[]): T[] {
  let referred: number[] = [];
  return sections.map((section) => {
    const numbers = [...section.text.matchAll(NOTE_NUMBER)].map((m) => ({ n: Number(m[1]), at: m.index }));
    const from = numbers.findLastIndex(({ n }, i) => n !== (numbers[i - 1]?.n ?? NaN) + 1);
    const before = [...referred, ...numbers.slice(0, Math.max(from, 0)).map(({ n }) => n)];
    const [first, last] = [numbers[from], numbers.at(-1)];
    const isList =
      first &&
      last &&
      first.n === Math.min(...before) &&
      last.n >= Math.max(...before) &&
      !WITHIN_SENTENCE.test(section.text.slice(Math.max(0, first.at - 2), first.at + 8));
    referred = isList ? [] : [...referred, ...numbers.map(({ n }) => n)];
    return isList ? { ...section, text: section.text.slice(0, first.at).trimEnd() } : section;
  });
}

/** The text without footnotes, for people. */
export const withoutFootnotes = (text: string): string =>
  text.replace(FOOTNOTE, '').replace(/\s+/g, ' ').trim();

/** The text of a section under its headings, without the list of documents at its end. */
const partsOf = ({ kind, text }: Section) =>
  kind === 'conditions' || /General conditions/i.test(text)
    ? cutAtHeadings(text).flatMap(({ part, text }) => (part === 'documents' ? [] : [{ part, text }]))
    : [{ part: null, text }];

/** The sentences and list items of a text as they stand there; as a list with what follows their colon. */
function verbatimSentences(text: string): { quote: string; plain: string; list: string }[] {
  const read = text.replace(FOOTNOTE, (footnote) => ' '.repeat(footnote.length));
  const ends = [...read.matchAll(ENDS), { index: read.length, 0: '' }];
  const sentences: { start: number; end: number }[] = [];
  let start = 0;
  for (const { index, 0: gap } of ends) {
    const piece = read.slice(start, index);
    const last = sentences.at(-1);
    const [from, to] = [start + piece.length - piece.trimStart().length, start + piece.trimEnd().length];
    start = index + gap.length;
    if (from >= to) continue;
    const said = last ? read.slice(last.start, last.end) : '';
    const goesOn = ABBREVIATED.test(said) || (AND_SO_ON.test(said) && !/^\p{Lu}/u.test(piece.trimStart()));
    if (last && last.end - last.start < LONGEST && goesOn) last.end = to;
    else sentences.push({ start: from, end: to });
  }
  return sentences.map((s, i) => ({
    quote: text.slice(s.start, s.end),
    plain: read.slice(s.start, s.end).replace(/\s+/g, ' '),
    list: text.slice(s.start, endOfList(read, sentences, i)),
  }));
}

/** Returns the end of a sentence or, behind a colon, of the items that follow it. */
function endOfList(text: string, sentences: { start: number; end: number }[], from: number): number {
  const { start, end } = sentences[from]!;
  if (text[end - 1] !== ':') return end;
  let last = end;
  for (const item of sentences.slice(from + 1, from + 1 + MOST_ITEMS)) {
    if (item.end - start > LONGEST_LIST) break;
    last = item.end;
    if (!/[:;,]$/.test(text.slice(item.start, item.end))) break;
  }
  return last;
}

function unitsOf(section: Section): Unit[] {
  return partsOf(section).flatMap(({ part, text }) => {
    let stem = '';
    return verbatimSentences(text).map(({ quote, plain, list }): Unit => {
      const refers = POINTERS.some((pointer) => pointer.test(plain));
      const above = refers ? '' : stem;
      const whole = above && !MUST_BE.test(plain) ? `${above} ${plain}` : plain;
      if (plain.endsWith(':')) stem = plain.slice(-LONGEST_STEM, -1);
      else if (refers || (/\p{L}\.$/u.test(plain) && /^\p{Lu}/u.test(plain))) stem = '';
      const where = { section: section.kind, title: section.title, part };
      return { quote, plain, list, stem: above, whole, ...where };
    });
  });
}

export const unitsIn = (sections: readonly Section[]): Unit[] => withoutNoteLists(sections).flatMap(unitsOf);

const NUMBER = String.raw`(?:one|two|three|four|five|six|seven|eight|ten|[1-9]\d?)`;
const MUST = String.raw`(?:must|shall|should|ha(?:s|ve)\s+to|needs?\s+to|(?:is|are)\s+(?:required|expected|requested|needed)\s+to|will\s+(?:have|need)\s+to|requires?|(?:is|are|be)\s+(?:required|mandatory|needed|expected))`;
const MUST_BE = any(MUST);
/** Who can be part of a project. */
const WHO = String.raw`(?:consorti|beneficiar|partners?\b|participants?\b|applicants?\b|compan(?:y|ies)|SMEs?\b|small\s+and\s+medium|industr(?:y|ies)\b|industrial\s+(?:partners?|actors?|participa\w+|involvement)|end-?\s?users?|stakeholders?|authorit(?:y|ies)|cit(?:y|ies)\b|municipalit|regions?\b|organi[sz]ations?\b(?!\s*\((?:WHO|OECD)\b)|institut(?:e|ion)s?\b|experts?\b|expertise|SSHA?\b|social\s+sciences|practitioners?|farmers?|owners?\b|advisors|operators?|providers?|suppliers?|manufacturers?|procurers?|universit|academia|hospitals?|clinicians?|patients?|NGOs?\b|civil\s+society|citizens|legal\s+entit|public\s+bod|agenc(?:y|ies)|developers|associations?|regulators|actors|ERICs?\b|ESFRI|researchers?\b|countries|Member\s+States?|living\s+labs?|communities)`;
/** What a proposal contains is not who is in it: "include a plan that …". */
const CONTENTS = String.raw`(?:activit|actions?\b|assessment|analys|business|case\s+stud|costs?\b|deliver|demonstrat|description|development|dissemination|evaluation|issues?\b|list\b|mechanism|methodolog|opinions?\b|plans?\b|processes|proof|provisions?|roadmap|sharing|stakeholder\s+engagement|strateg|tasks?\b|validation|work\s+packages?)`;
const INVOLVE = String.raw`(?:involv\w*|includ(?:e|es|ing)(?!\s+(?:[\w-]+\s+){0,5}?${CONTENTS})|inclusion\s+of|bring(?:s|ing)?\s+together|engage(?!\s+in)|work\s+with|participation|compris\w*|composed\s+of|consist\w*\s+of(?!\s+(?:[\w-]+\s+){0,3}?${CONTENTS})|mobili[sz]e|close\s+(?:collaboration|cooperation)|in\s+the\s+lead|contribution\s+of|identify\s+(?:at\s+least|and\s+(?:engage|involve))|led\s+by|made\s+jointly)`;

const COUNTED = any(
  String.raw`\b(?:at\s?least|minimum(?:\s+of)?|not\s+more\s+than|no\s+more\s+than|maximum(?:\s+of)?|exactly|only)\s+${NUMBER}\s+(?:[‘’'\w()/-]+\s+){0,5}?(?:${WHO}|neighbourhoods?|pilots?\b)`,
);
/** Says by itself how many: "at least three legal entities established in …". */
const COUNTS_ITSELF = any(
  String.raw`\b(?:at\s?least|minimum(?:\s+of)?)\s+${NUMBER}\s+(?:\(\d+\)\s+)?(?:(?:different|distinct|independent|public|separate)\s+){0,2}(?:legal\s+entit|(?:consortium\s+)?partners?\b(?!\s+countr)|applicants?\b|beneficiar|participants?\b)`,
);
/** A list item that begins with what has to be done. */
const TO_DO = /^(?:[-•–*]\s*|\(?[\divx]{1,4}\)\s*)?(?:involve|engage|validate|demonstrate|pilot|test)\b/i;
const SINGLE = any(
  String.raw`\b(?:single|one)\s+(?:legal\s+entit(?:y|ies)|applicants?|beneficiar(?:y|ies)|organi[sz]ations?)\b`,
  'mono-beneficiary',
);

/** One pattern a wording; all within one sentence. */
const ONLY_FOR = any(
  String.raw`\b(?:subject\s+to|will\s+be\s+subject\s+to)\s+restrictions? for the protection of European communication networks`,
  String.raw`\bcontrolled by (?:China|a non-eligible|a non-associated|entities)`,
  String.raw`\b(?:participation|eligib\w+|topic|call|action|applications?|proposals?|funding|instrument)\b[^.;]{0,80}\b(?:is|are|(?<!not\s)be) (?:(?:limited|restricted|reserved)\s+(?:to|for)(?!\s+(?:a\s+)?(?:maximum|minimum|\d|EUR))|open only|only open|exclusively)\b`,
  String.raw`\b(?:Transition|Accelerator|Pathfinder)\b[^.;]{0,40}\bis (?:limited|restricted|reserved)\b`,
  String.raw`\b(?:only|exclusively)\b[^.;]{0,140}\b(?:eligible|may apply|can apply|may participate|can participate|may submit|be funded|may only be awarded)\b`,
  String.raw`\b(?:may|will|can|shall) only be (?:awarded|granted|submitted|concluded|signed)\b(?! in the form)`,
  String.raw`\b(?:fellowships?|call|topic|prizes?|grants?|competition|contest) (?:is|are) (?:only )?open to\b(?! (?:all|any|both|everyone)\b| researchers of any\b)[^.;]{0,80}(?:nationals|residents|${WHO})`,
  String.raw`\bnot eligible to participate\b|\b(?:shall|may) not participate in the action\b`,
  String.raw`\b(?:must|shall|should|can only) be submitted by the coordinator of\b`,
  String.raw`\bmust be (?:legally )?(?:established|located|based) in\b`,
  String.raw`\bmust be (?:an? )?(?:eligible|SMEs?\b|public(?:ly owned)?\s+(?:bod|authorit|entit|sector|or private)|the owner|the coordinator)`,
  String.raw`\bpre-?requisite to apply\b|\b(?:in order )?to be eligible\b`,
  String.raw`\bare the only countries\b|\bactions target consortia of procurers\b`,
  String.raw`\b(?:existing|already funded) consorti|basis of the existing consortium|coordinator of an [‘']?eligible already funded action`,
);
const EXCLUDED = any(
  String.raw`\b(?:out of|outside|not in|not within|beyond) (?:the )?scope\b(?! of the project)`,
  String.raw`\bnot (?:be )?(?:(?:eligible|considered eligible)\b|(?:funded|supported|financed)\b(?! by))`,
  String.raw`\b(?:support|funding) (?:is|will|shall|can)(?: be)? ?not (?:be )?(?:provided|given|available)\b`,
  String.raw`\b(?:topic|call|action|grant|programme|instrument|funding)\b[^.;]{0,30}\bdoes not (?:provide|fund|support|cover|include|address)\b`,
  String.raw`\b(?:is|are|shall be|will be|should be) excluded\b`,
  String.raw`\b(?:proposals?|projects?|actions?|activities|applicants?|consorti(?:um|a))\b[^.;]{0,40}\b(?:should|must|shall) not\b(?! (?:exceed|be longer|have (?:started|been)|be limited|be (?:used|considered|confused)))`,
  String.raw`\bnot expected to (?:develop|include|cover|focus|propose|target)\b`,
  String.raw`(?<!\()\bexcept for [\w-]+ (?:research|activities|actions|applications)\b`,
  String.raw`\bplease (?:consider|apply)\b[^.]{0,30}\bunder\b`,
  String.raw`\bno EU funding\b|\bdo not include Research\b|\bnot covered by (?:the )?other topics\b`,
);
const MUST_INCLUDE = any(
  String.raw`\beffective contribution (?:of|from) (?:the )?(?:relevant )?(?:SSH|social sciences)`,
  String.raw`\binvolvement of SSH experts`,
  String.raw`\b(?:must|should|shall|ensure|in line with)\b.{0,80}\bmulti-actor approach\b|\bAs part of the multi-actor approach\b`,
  String.raw`\brequires?\s+the\s+(?:active\s+|effective\s+|direct\s+)?(?:involvement|participation|contribution)\b`,
  String.raw`\b(?:involvement|participation)\s+of\s+.{3,120}\b(?:is|are|will\s+be)\s+(?:required|mandatory|expected|essential|necessary|needed|crucial|key)\b`,
  String.raw`\b(?:consorti(?:um|a)|proposals?|applications?|projects?|applicants?|partnerships?|topic|actions?|they|activities)\b[^.;]{0,120}?\b${MUST}\s+(?:(?!not\b)[\w-]+\s+){0,5}?${INVOLVE}\s[^.;]{0,160}?\b${WHO}`,
  String.raw`\bconsorti(?:um|a)\b[^.;]{0,60}\b(?:must|should|shall) (?:therefore )?(?:be (?!justified|able)|include|bring|consist|involve|comprise|have|demonstrate)`,
  String.raw`\b(?:must|shall|should|need\s+to|(?:is|are)\s+expected\s+to)\s+(?:[\w-]+ly\s+)?(?:involve|bring\s+together|engage)\s+(?:[\w-]+\s+){0,4}?${WHO}`,
  String.raw`\b(?:actors|partners|participants|beneficiaries)\b[^.;]{0,30}\b(?:must|should|shall)\s+include\s+(?:[\w-]+\s+){0,4}?${WHO}`,
  String.raw`\bensur(?:e|ing)\s+(?:an?\s+)?(?:adequate|balanced|strong|broad|appropriate|sufficient|meaningful)\s+(?:representation|involvement|participation)\b`,
  String.raw`\bclose\s+(?:cooperation|collaboration)\s+with\s.{3,120}\b(?:is|are)\s+(?:required|mandatory|essential|necessary|needed|crucial)\b`,
  String.raw`\bwith\s+an?\s+(?:strong|balanced|adequate)\s+(?:representation|mix|participation|involvement)\s+of\b`,
  String.raw`^ensur(?:e|ing)\s+(?:[\w-]+\s+){0,2}(?:involvement|participation)\s+of\b`,
  String.raw`^(?:[-•–*]\s*|\(?[\divx]{1,4}\)\s*)?(?:involve|engage|bring\s+together)\s+(?:[^\s.;]+\s+){0,4}?${WHO}`,
  String.raw`\b(?:centres?|${WHO})[^.;]{0,40}\b(?:must|should|shall)\s+(?:have|play)\s+an?\s+(?:active|key|central|leading)\s+role\b`,
  String.raw`\b(?:companies|industry|SMEs?) in the lead\b`,
  String.raw`\b(?:should|must|shall)\s+(?:have|show|ensure|demonstrate)\s+(?:an?\s+)?(?:substantial|strong|balanced|active|significant)\s+(?:industrial\s+|industry\s+)?(?:participation|involvement)`,
  String.raw`\b(?:must|should|shall) be one of (?:the|these)\b`,
  String.raw`\b(?:be|are) (?:either )?(?:directly )?(?:involved|represented) in the consortium\b`,
);
/** Holds for every call, or speaks of what happens to prizes and proposals: sets nobody apart. */
const FORMAL = any(
  'prize winners?|winner is not eligible',
  'genetic heritage of human beings',
  'countries outside the scope specified in',
  'will have to clearly state the involvement of the applicants',
  'on behalf of the consortium',
  'will not be funded\\.?$',
);
/** Advice, unless the sentence also demands. */
const ADVICE =
  /\b(?:encouraged|may|could|can|where (?:relevant|appropriate|applicable)|recommends?|invited to|preferably|ideally)\b/i;
const DEMAND = /\b(?:must|should|shall|requires?|required|mandatory)\b/i;

function kindOf({ plain, whole }: Unit): Restriction['kind'] | null {
  if (plain.length > LONGEST || plain.split(/\s+/).length < FEWEST_WORDS || FORMAL.test(plain)) return null;
  if (ONLY_FOR.test(plain)) return 'onlyFor';
  if (EXCLUDED.test(plain)) return 'excluded';
  if (COUNTED.test(plain) && (MUST_BE.test(whole) || SINGLE.test(plain) || TO_DO.test(plain)))
    return 'minPartners';
  if (COUNTS_ITSELF.test(plain)) return 'minPartners';
  if (SINGLE.test(plain) && /\b(?:apply|consortium|proposal)\b/i.test(whole)) return 'minPartners';
  if (ADVICE.test(plain) && !DEMAND.test(plain)) return null;
  return MUST_INCLUDE.test(whole) && (MUST_BE.test(whole) || !ADVICE.test(whole)) ? 'mustInclude' : null;
}

/** Returns where in a binding sentence the words stand that bind; 0 if no rule knows. */
export function bindsFrom(quote: string): number {
  const found = [ONLY_FOR, EXCLUDED, COUNTED, MUST_INCLUDE].map((form) => form.exec(quote)?.index);
  return found.find((index) => index !== undefined) ?? 0;
}

const NAME = String.raw`(?:TRLs?|Techn(?:ology|ological|ical)\s+Readiness\s+Levels?)(?:\s*\(TRLs?\))?(?:\s+levels?)?`;
/** Groups: what stands before, the lower level, the higher, "or higher". */
const LEVEL = new RegExp(
  String.raw`((?:at\s+least|minimum(?:\s+of)?)\s+(?:at\s+|an?\s+)?)?${NAME}[\s:-]*([1-9])(?!\d|\.\d)(?:\s*(?:-|–|/|to|and|or)\s*(?:TRLs?\s*)?([1-9])(?!\d|\.\d|\s+levels))?(\s+(?:or|and)\s+(?:higher|above|beyond))?`,
  'gi',
);
/** "from TRL 4 to TRL 6": the second needs its own "TRL", for "from TRL 4 to 6" may be where one starts. */
const FROM_TO = new RegExp(
  String.raw`\bfrom\s+(?:at\s+least\s+|minimum\s+)?${NAME}\s*([1-9])(?:\s*[-–/]\s*([1-9]))?\s*(?:up\s+)?to\s+(?:at\s+least\s+)?${NAME}\s*([1-9])(?:\s*[-–/]\s*([1-9]))?(?!\d)`,
  'gi',
);
const START =
  /\b(?:start(?:s|ed|ing)?(?: (?:at|from|with))?|begin(?:s|ning)? (?:at|from|with)|from|have completed\b[^.(]{0,40}) ?\(?(?:an? |the )?$/i;
const END =
  /(?:achiev\w*|reach\w*|attain\w*|\bup\s+to|\b(?:end|finish)\w*(?:\s+up)?\s+at|\b(?:technology|them|solutions?|maturity)\s+to|\bfocus\s+on|\b(?:should|must|will|to)\s+address|\b(?:be|is|are)\s+at)\s*(?:up\s+to\s+)?\(?(?:an?\s+|the\s+)?$/i;
/** In brackets behind what is to be done: "Demonstrate (at TRL 8) the production". */
const DONE =
  /\b(?:demonstrat\w*|validat\w*|develop\w*|test\w*|matur\w*|pilot\w*|activit\w+|prototyp\w*)\b[^.]{0,120}\((?:activities\s+)?(?:up\s+to\s+)?(?:at\s+)?$|\b(?:PoCs?|proofs?[\s-]+of[\s-]+concepts?|prototypes?|demonstrators?)\s+(?:at\s+|\()$/i;
/** What an applicant brings along: "technology validated in the lab (at least TRL 4)". */
const BROUGHT =
  /\b(?:have|has|having)\s+(?:therefore\s+|already\s+)?(?:been\s+)?(?:tested|developed|validated|demonstrated)\b[^.;]{0,120}\((?:e\.g\.,?\s+)?$/i;
const ELIGIBLE_AT =
  /^ ?\)? ?(?:are|is)\s+(?:eligible|considered|in\s+scope)\b|^[^.;)]{0,20}\bat\s+the\s+start\b/i;
/** "Above TRL 4 is out of scope" is a limit. */
const ABOVE = /\b(?:above|beyond)\s*$/i;
const OUT_OF_SCOPE = /\b(?:out\s+of|outside|not\s+in)\s+(?:the\s+)?scope\b/i;
const BY_THE_END =
  /^[^.;]{0,12}\bby\s+(?:the\s+)?(?:end\s+of\s+the\s+(?:project|action)|(?:project|action)\s+end)/i;
/** Levels of earlier work, of what others do, or of what is not wanted, are no requirement. */
const NOT_ASKED =
  /\b(?:(?<!(?:complement|follow up|build on|based on) )previous(?:ly)?|earlier|already|past|prior|former|is a scale|not eligible|(?:not|never|without)\b[^,;:]{0,40}\b(?:start|begin|achiev|reach|attain|up to|from))\b/i;
/** The sentence with which the work programmes state a topic's levels. */
const OWN = /\bActivities (?:may start at any TRL and )?are expected to (?:start|achieve|be at)/i;

/** A project does not end below where it starts: such a sentence is about two things. */
const rising = (levels: TrlRange[]): TrlRange[] => {
  const start = Math.max(
    ...levels.flatMap(({ at, from }) => (at === 'start' && from !== null ? [from] : [])),
    0,
  );
  return levels.some(({ at, from, to }) => at === 'end' && (to ?? from)! < start) ? [] : levels;
};

const quotedIn = ({ quote, section, title, part }: Unit): Quoted => ({ quote, section, title, part });

function levelsIn(unit: Unit): TrlRange[] {
  const quoted = quotedIn(unit);
  if (NOT_ASKED.test(unit.plain)) return [];
  const isLimit = OUT_OF_SCOPE.test(unit.plain);
  const level = (at: TrlRange['at'], from: number | null, to: number | null): TrlRange => ({
    at,
    from,
    to,
    ...quoted,
  });
  const found: TrlRange[] = [];
  const text = unit.plain.replace(FROM_TO, (all, low, low2, high, high2) => {
    found.push(
      level('start', Number(low), Number(low2 ?? low)),
      level('end', Number(high), Number(high2 ?? high)),
    );
    return ' '.repeat(all.length);
  });
  for (const match of text.matchAll(LEVEL)) {
    const before = text.slice(Math.max(0, match.index - 160), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 40);
    const [low, high] = [Number(match[2]), match[3] === undefined ? null : Number(match[3])];
    const orHigher = match[1] !== undefined || match[4] !== undefined;
    const from = high === null && /\bup\s+to\s*\(?$/i.test(before) ? null : low;
    const to = high ?? (orHigher ? null : low);
    if (isLimit) {
      if (ABOVE.test(before)) found.push(level('end', null, low));
    } else if (START.test(before) || BROUGHT.test(before) || ELIGIBLE_AT.test(after))
      found.push(level('start', from, to));
    else if (END.test(before) || DONE.test(before) || BY_THE_END.test(after))
      found.push(level('end', from, to));
  }
  return rising(found);
}

/** Without what is said twice: the first time counts. */
function distinct<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(keyOf(one))) found.set(keyOf(one), one);
  return [...found.values()];
}

/** What the conditions state binds; else the sentence of the work programmes; else what the text says. */
function levelsOf(units: Unit[]): TrlRange[] {
  const stated = (some: Unit[]): TrlRange[] => {
    const own = some.filter(({ plain }) => OWN.test(plain)).flatMap(levelsIn);
    return own.length ? own : some.flatMap(levelsIn);
  };
  const bound = stated(units.filter(({ section }) => section === 'conditions'));
  return bound.length ? bound : stated(units);
}

/** Levels without what another sentence says again. */
const levelsOnce = (levels: readonly TrlRange[]): TrlRange[] =>
  distinct(levels, ({ at, from, to }) => `${at} ${from} ${to}`);

/**
 * Returns where the activities start and the level that they reach, from one sentence: that with both before
 * one with either. Null if none is stated.
 */
export function trlInShort(levels: TrlRange[]): CallContent['trl'] {
  const of = (quote: string): NonNullable<CallContent['trl']> => {
    const said = (at: TrlRange['at']) => levels.find((l) => l.quote === quote && l.at === at);
    const [start, end] = [said('start'), said('end')];
    return { from: start?.from ?? null, to: end ? (end.to ?? end.from) : null, quote };
  };
  const all = distinct(levels, ({ quote }) => quote).map(({ quote }) => of(quote));
  return all.find(({ from, to }) => from !== null && to !== null) ?? all[0] ?? null;
}

const firstOf = (units: Unit[], form: RegExp): Quoted | null => {
  const found = units.find(({ plain }) => plain.length <= LONGEST && form.test(plain));
  return found ? quotedIn(found) : null;
};

const JRC =
  /\b(?:Joint Research Centre|JRC)\b.{0,80}\b(?:may|will|can|shall|should|could)\b.{0,40}\b(?:participate|be part|contribute|provide|act as|join)|\bparticipation of the (?:European Commission[’'`]s )?(?:Joint Research Centre|JRC)|\bthe JRC[’']s services/i;
const PAGES =
  /\b(?:page limit|limit for|limited to|maximum(?: length)? of|must not exceed|not exceeding)\b(?:(?!extended by)[^.]){0,120}?\b(\d{1,3})\s+(?:A4\s+)?pages\b/i;
const SHORT_PROPOSAL = /\bshort proposals?\b|\bpre-?proposals?\b|\bfirst[\s-]stage\b/i;
const DURATION =
  /\b(?:projects?|actions?|proposals?|fellowships?|partnerships?|grants?)\b[^.]{0,100}\b(?:duration|expected to (?:last|span|run)|should (?:last|run)|shall last|for a period of)\b[^.]{0,80}\b(?:months?|years?)\b|\bduration\b[^.]{0,60}\b(?:projects?|actions?|proposals?|fellowships?|partnerships?|grants?)\b[^.]{0,80}\b(?:months?|years?)\b|\b(?:expected|indicative) duration\b[^.]{0,60}\b(?:months?|years?)\b|\bduration of the projects?\b[^.]{0,40}\b(?:should|must|shall)\b/i;
/** Of what third parties do, or of parts of a project. */
const NOT_THE_PROJECT = /\b(?:FSTP|third part(?:y|ies)|sub-?projects?)\b(?!.{0,80}\bexpected duration\b)/i;
const THIRD_PARTIES =
  /\b(?:granted|awarded|support)\b[^.]{0,60}\b(?:each|any single|a|to) third[\s-]part(?:y|ies)|\bfinancial support (?:to|for) third parties\b(?! \(if any\))|\b(?:funds?|grants?) to third parties\b|\bFSTP (?:must|should|calls?|open calls?)\b|\bmaximum (?:amount|value)\b[^.]{0,60}\b(?:FSTP|lump sum grant)|\bcascade funding\b/i;
const THIRD_PARTIES_AMOUNT =
  /\bmaximum (?:amount|value)\b[^.]{0,90}\b(?:third part|FSTP|lump sum grant)|\bthird part(?:y|ies) is EUR\b/i;

/** A duration may stand behind a colon: "Expected project duration: 36 months". */
const LONGEST_BEHIND_COLON = 60;

function durationOf(units: Unit[]): Quoted | null {
  const found = units.find(
    ({ plain, whole }) =>
      plain.length <= LONGEST &&
      !NOT_THE_PROJECT.test(whole) &&
      DURATION.test(plain.length <= LONGEST_BEHIND_COLON ? whole : plain),
  );
  return found ? quotedIn(found) : null;
}

/** Returns the levels of technology readiness that the text states. */
export const statedLevels = (sections: Section[]): TrlRange[] => levelsOf(unitsIn(sections));

function pageLimitOf(units: Unit[]): Requirements['pageLimit'] {
  const all = units.filter(({ plain }) => plain.length <= LONGEST && PAGES.test(plain));
  const found = all.find(({ plain }) => !SHORT_PROPOSAL.test(plain)) ?? all[0];
  return found ? { ...quotedIn(found), pages: Number(PAGES.exec(found.plain)![1]) } : null;
}

const lettersOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether one of two quotes contains the other. */
const isSame = (one: string, other: string): boolean => {
  const [a, b] = [lettersOf(one), lettersOf(other)];
  return a.includes(b) || b.includes(a);
};

/**
 * Returns what a call says of who may answer and how, each with its words and where they stand. General
 * references ("see Annex B") and advice ("encouraged") are no requirements. `bound` are sentences that a
 * language model found to bind; what the rules found of the same words stays.
 */
export function requirementsOf(
  call: Pick<CallContent, 'identifier' | 'lumpSum' | 'typesOfAction' | 'sections' | 'deadlineModel'> &
    Partial<Pick<CallContent, 'kind'>>,
  bound: readonly Restriction[] = [],
): Requirements {
  const units = unitsIn(call.sections);
  let list = '';
  const byRules = units.flatMap((unit): Restriction[] => {
    const kind = kindOf(unit);
    // An item is quoted with the line above its list, if that binds too.
    if (!kind || list.includes(unit.quote)) return [];
    list = unit.list;
    return [{ kind, ...quotedIn(unit), quote: unit.list }];
  });
  const restrictions = [
    ...byRules,
    ...bound.filter(({ quote }) => !byRules.some((found) => isSame(found.quote, quote))),
  ];
  return {
    trl: levelsOnce(levelsOf(units)),
    lumpSum: lumpSumOf(call),
    twoStage: call.deadlineModel === 'two-stage' || /two-stage/i.test(ownIdentifier(call) ?? ''),
    jrc: firstOf(units, JRC),
    pageLimit: pageLimitOf(units),
    duration: durationOf(units),
    thirdParties: firstOf(units, THIRD_PARTIES_AMOUNT) ?? firstOf(units, THIRD_PARTIES),
    restrictions: Restriction.shape.kind.options.flatMap((kind) =>
      distinct(
        restrictions.filter((r) => r.kind === kind),
        ({ quote }) => quote.toLowerCase(),
      ),
    ),
  };
}
