import { z } from 'zod';
import { type Restriction, type Unit, unitsIn } from './requirements.js';
import { byLanguage, type Language } from '../../kernel/language.js';
import { translateTo } from '../../i18n/translate.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import type { CallContent } from './call-content.js';
import { POINTERS } from './page/conditions.js';
import type { Section } from './parsed-call.js';

/** A sentence that a language model wrote about a call, and the words of the call that prove it. */
const WrittenSentence = byLanguage(z.string().min(1)).extend({ quote: z.string().min(1) });
export type WrittenSentence = z.infer<typeof WrittenSentence>;

/**
 * What a language model answered when it was asked what a call is about: at most two sentences, or why none
 * was accepted. It holds for the text it was written from: storing another text removes it.
 */
export interface WrittenSummary {
  model: string;
  prompt: number;
  /** How often this model was asked with this prompt, and when it last answered. */
  times: number;
  at: string;
  /** Why its last answer was refused; null if it was accepted. */
  refused: string | null;
  /** Those accepted last, of another model or prompt too. */
  sentences: WrittenSentence[];
  /** The sentences of the call that it found to bind who answers. */
  binding: Restriction[];
}

/** What is stored of a call that says what it is about. */
interface Summarised {
  written: WrittenSummary | null;
  /** The sentence of its text that says its objective; null if it has no text. */
  objective: string | null;
  content: { language: string };
}

/** What a call is about, as shown: by a language model, or quoted from its text. */
export const SummaryView = z
  .object({
    language: z.string().length(2).describe('of the sentences; a quoted one is in the language of the call'),
    sentences: z.array(z.string()).min(1).max(2),
    source: z
      .enum(['model', 'quoted'])
      .describe('written by the language model that reads calls, or quoted from the text'),
  })
  .meta({ id: 'SummaryOfCall' });
export type SummaryView = z.infer<typeof SummaryView>;

/** As long as two sentences of a model. */
const LONGEST_QUOTED = 320;

/** Where a sentence or an item ends; "e.g." is no end. */
const ENDS = /(?:;|(?<=\p{L}{4}|\))\.)(?= )/gu;
/** Shorter, it says too little: it is rather cut within a sentence. */
const SHORTEST_QUOTED = 140;

/** Returns what is shown of a sentence of a call, as long as one reads at a glance: whole items of a list. */
function quotedSentence(objective: string, language: string): string {
  const plain = oneLine(objective)
    .replace(/(?<=^|[:;] )[•*–-] /g, '')
    // French writes a space before a semicolon.
    .replace(language === 'fr' ? / (?=[.,])/g : / (?=[.,;])/g, '')
    .replace(/ ?[;,]$/, '')
    .replace(/ ?:$/, '…');
  const within = plain.length > LONGEST_QUOTED ? plain.slice(0, LONGEST_QUOTED) : '';
  const end = [...within.matchAll(ENDS)].at(-1)?.index ?? 0;
  const shown =
    end < SHORTEST_QUOTED
      ? shortened(plain, LONGEST_QUOTED)
      : `${plain.slice(0, end).trimEnd()}${plain[end] === '.' ? '.' : '…'}`;
  return /^\p{Ll}/u.test(shown) ? `… ${shown}` : shown;
}

/** Returns what a call is about, for a reader of this language; null if nothing is known. */
export function summaryOf(
  { written, objective, content }: Summarised,
  language: Language,
): SummaryView | null {
  const sentences = (written?.sentences ?? []).map((sentence) => sentence[language]);
  if (sentences.length > 0) return { language, sentences, source: 'model' };
  if (objective === null) return null;
  return {
    language: content.language,
    sentences: [quotedSentence(objective, content.language)],
    source: 'quoted',
  };
}

/** Returns what a call is about as plain text; a quoted sentence is marked. */
export const summaryText = ({ sentences, source }: SummaryView, language: Language): string => {
  const [t, said] = [translateTo(language), sentences.join(' ')];
  return source === 'model' ? said : `${t('summary.quoted')} ${t('text.quote', { text: said })}`;
};

/** Sections that say what is hoped for, or hold for every call; they count only if there are no others. */
const ASIDE: readonly Section['kind'][] = ['conditions', 'expected-outcome', 'expected-impact'];

/** What projects do, as it begins a list item or follows a modal verb. */
const DOES =
  'develop|demonstrat|design|creat|improv|validat|deliver|buil[dt]|test|investigat|advanc|produc|implement|explor|conduct|perform|enhanc|optimi[sz]|pilot|integrat|provid|enabl|generat|scal|deploy|assess|identif|understand|evaluat|establish|elaborat|address|support|extend|adapt|upscal|analy[sz]|' +
  'd.velopp|d.montr|con.ev|am.lior|r.alis|.tudi|renforc|favoris|soutenir|.valu|int.gr';
const WHO =
  '(?:proposals?|projects?|actions?|applicants?|activities|research(?:ers)?|work|ideas?|consortia|solutions?|efforts?|studies|topic|propositions?|projets?|candidats?|travaux|recherches)\\b';
const WILL =
  '(?:should|must|shall|will|(?:are|is) expected to|are requested to|needs? to|are required to|could|are encouraged to|aims? (?:to|at)|devr(?:a|ont)|doi(?:t|vent)|vis(?:e|ent|era|eront) .)';
/** "This topic aims to …", "The objective is to …", « L’objectif est de … ». */
const AIM = new RegExp(
  [
    String.raw`\b(?:aim|objective|goal|purpose|focus|ambition)s?\b(?: \w+){0,6} (?:is|are|will be|should be) (?:to|on|the)\b`,
    String.raw`\binvited to submit proposals (?:for|that|to)\b|\bfinance\b[^.;:]{0,60} project aiming (?:to|at)\b`,
    String.raw`\b(?:this|the) (?:\w+ ){0,2}(?:topic|action|challenge|call|partnership|initiative|programme)(?: \w+){0,2} (?:aims?|focus\w*|seeks?|targets?|addresses|supports?|covers?|calls for|invites|intends?|welcomes|is (?:intended|about|looking))\b`,
    String.raw`\bopen topic\b|\b(?:prize|award)s?\b[^.;:]{0,30} (?:is|are|will be) awarded to\b`,
    String.raw`\b(?:objectifs?|finalit.|but|ambition)\b[^.;:]{0,60} (?:est|sont) (?:de|d['’])`,
    String.raw`\b(?:cet appel|l['’]appel|le programme|l['’]action)\b[^.;:]{0,60} (?:vise|cherche|soutient|finance|porte sur|a pour (?:objectif|but|objet))`,
  ].join('|'),
  'i',
);
const WILL_DO = new RegExp(
  String.raw`\b${WHO}(?: [^.;:]{0,60}?)? ${WILL}(?: \w+ly| also| thus| therefore| aim (?:to|at)| focus on| seek to)* (?:${DOES})`,
  'i',
);
const DOES_FIRST = new RegExp(String.raw`^(?:[-•–*]\s*|\(?\d\)\s*|to )?(?:${DOES})`, 'i');
/** The line above a list of what is to be done. */
const LIST_TO_DO = new RegExp(
  String.raw`${WHO}[^:]*\b(?:${WILL}|following|address|include|cover|deliver|suivants?|suivantes?)\b|\b(?:in scope|following)\b`,
  'i',
);
const LIST_OF_HOPES = /outcome|contribut|result|résultat|retombée/i;
/** What holds for many calls, and is the objective of none. */
const BESIDE =
  /\b(?:Horizon (?:Europe|2020)|work programme|eligib|SSH|social sciences|gender|disseminat|synerg|JRC|Joint Research|budget|collaborat|cooperat|open (?:access|science)|FAIR\b|end of the project|consorti|clustering|networking|other projects|previous|portfolio|resources|lump sum|page limit|multi-actor|Annex|EOSC|ethic)/i;

/** What a proposal has to show, who may not answer, a reason or an example: no objective. */
const NO_SUBJECT = new RegExp(
  [
    String.raw`\b(?:applicants?|proposals?|they) ${WILL}(?: \w+ly)? (?:demonstrate (?:that|how|interest)|include a\b[^.;:]{0,30} paragraph|justify|explain|state|specify|substantiate)\b`,
    String.raw`\bexclusion (?:decision|situation)|\bexport restrictions\b|\b(?:not|no) be (?:given|funded|supported|financed)\b|\b(?:are|is) eligible\b|\bEuropean flag\b|\bRegulation \(EU\)`,
    String.raw`^(?:However|Moreover|Examples? of|For (?:instance|example))\b`,
    String.raw`\bobjectives and the implementation of\b`,
  ].join('|'),
  'i',
);

/** Begins as the rest of a sentence. */
const GOES_ON = /^\P{L}*\p{Ll}/u;

const FEWEST_WORDS = 5;
/** What is looked at of a sentence, in characters. */
const LONGEST = 1_000;
/** A length that says something, in characters. */
const USUAL = 150;
/** Further down, a text is about partners, plans and rules. */
const LATE = 0.6;

/** Words by their first letters: plural and derived forms count as the same. */
const wordsIn = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 6)));

/** Returns the share of the title's words that a sentence holds. */
const sharing = (title: Set<string>, words: Set<string>): number =>
  title.size === 0 ? 0 : [...title].filter((word) => words.has(word)).length / title.size;

/**
 * Returns the points of each sentence. They were learned on 80 calls (`test/evaluation/summaries.spec.ts`)
 * and rounded to halves.
 */
function pointsOf(title: string, units: readonly Unit[]): number[] {
  const wanted = wordsIn(title.replace(/\([^()]*\)/g, ''));
  let [told, listed] = [false, false];
  return units.map(({ plain: whole, stem }, i) => {
    const plain = whole.slice(0, LONGEST);
    const own = !BESIDE.test(plain);
    const first = stem !== '' && units[i - 1]?.stem !== stem;
    const toDo = own && first && LIST_TO_DO.test(stem) && !LIST_OF_HOPES.test(stem);
    const does = own && !told && WILL_DO.test(plain) && !LIST_OF_HOPES.test(plain);
    const points =
      (own && AIM.test(plain) ? 1 : 0) +
      (does ? 2 : 0) +
      (toDo ? 1 : 0) +
      (toDo && !listed ? 1 : 0) +
      (DOES_FIRST.test(plain) ? 1.5 : 0) +
      1.5 * sharing(wanted, wordsIn(plain)) +
      1.5 * Math.log(Math.max(20, plain.length) / USUAL) +
      (i > LATE * units.length ? -1.5 : 0) +
      (NO_SUBJECT.test(plain) || NO_SUBJECT.test(stem) ? -4 : 0);
    told ||= does;
    listed ||= toDo;
    return points;
  });
}

/** Whether a sentence is long enough to say something, and says more than where something is described. */
const says = ({ plain }: Unit): boolean =>
  (plain.match(/\p{L}{2,}/gu) ?? []).length >= FEWEST_WORDS &&
  !POINTERS.some((pointer) => pointer.test(plain));

/** What introduces a list is to leave room for what stands in it, in characters. */
const LONGEST_LINE = 160;
/** Where a clause says what is to be done: "In line with the targets of the Union, proposals should: …". */
const CLAUSE_TO_DO = new RegExp(
  String.raw`(?<=[,.;]|\)) (?:(?:the|these|this|all|les?|l['’]) ?)?${WHO}[^,.;:]* ${WILL}`,
  'gi',
);

/** A line that introduces a list; of a long one, from the clause that says what is to be done. */
function introduction(line: string): string {
  if (line.length <= LONGEST_LINE) return line;
  const clause = [...line.slice(0, LONGEST).matchAll(CLAUSE_TO_DO)].at(-1);
  return clause ? `…${line.slice(clause.index)}` : line;
}

/** The line above the list that a sentence stands in, with the one above that if it is an item itself. */
function linesAbove(all: readonly Unit[], at: number): string[] {
  const { plain, stem } = all[at]!;
  const line = stem === '' ? -1 : all.findLastIndex((unit, i) => i < at && unit.plain.endsWith(':'));
  const isNext = line === at - 1;
  if (line < 0 || (!isNext && !GOES_ON.test(plain))) return [];
  const above = GOES_ON.test(all[line]!.plain) ? linesAbove(all, line) : [];
  return [...above, introduction(all[line]!.plain), ...(isNext ? [] : ['…'])];
}

/**
 * Returns the sentence of a call's text that says its objective, as it stands there without footnotes. An
 * item of a list comes with the line above the list and with the items behind it; an ellipsis stands for
 * those before it. Null if the text has no sentence.
 */
export function objectiveOf({ title, sections }: Pick<CallContent, 'title' | 'sections'>): string | null {
  const telling = sections.filter(({ kind }) => !ASIDE.includes(kind));
  const all = [telling, sections]
    .map((some) => unitsIn(some).filter(({ part }) => part === null))
    .find((some) => some.some(says));
  if (!all) return null;
  const units = all.filter(says);
  const points = pointsOf(title, units);
  const best = all.indexOf(units[points.indexOf(Math.max(...points))]!);
  // A line that introduces a list is nothing without it.
  const stem = all[best]!.plain.endsWith(':') ? all[best + 1]?.stem : all[best]!.stem;
  const end = stem ? all.findIndex((unit, i) => i > best && unit.stem !== stem) : best + 1;
  const said = all
    .slice(best, end < 0 ? undefined : end)
    .map(({ plain }) => (plain.endsWith(':') ? introduction(plain) : plain));
  return [
    ...linesAbove(all, best),
    ...said.map((item, i) => (i < said.length - 1 ? closed(item) : item)),
  ].join(' ');
}

/** An item of a list that another follows on the line: without a mark they would read as one sentence. */
const closed = (item: string): string => (/[\p{L}\p{N})\]”"’»%]$/u.test(item) ? `${item};` : item);
