import {
  type CallContent,
  dateForPeople,
  deadlineFacts,
  kindFacts,
  lumpSumOf,
  openingFact,
  ownIdentifier,
  type StatedTotal,
  termsOf,
  textsIn,
} from '../../calls/domain/index.js';
import { type MatchScore, quotedPassage } from '../../matching/domain/index.js';
import type { Block, Document, Words } from '../../kernel/document.js';
import type { Language } from '../../kernel/language.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import { briefWords } from './brief-words.js';
import type { Why } from './candidates.js';

export interface Briefed {
  call: CallContent;
  total: StatedTotal;
  institute: string;
  why: Why[];
  /** The match, and the text that it was made on; null where the call was not matched. */
  matched: { match: MatchScore; content: CallContent } | null;
  language: Language;
  now: Date;
}

/** All of it stands on one page of A4: so much of each part, and no more. */
const LONGEST = { title: 170, purpose: 420, rule: 200, quote: 240, fact: 130 };
const [MOST_DEADLINES, MOST_RULES, MOST_REASONS, MOST_TERMS] = [2, 2, 4, 4];

/** What a call is for stands in these sections, the first in front. */
const PURPOSE = ['summary', 'objective', 'expected-outcome', 'scope'] as const;

const inShort = (text: string, most: number): string => shortened(oneLine(text), most);

/** Lines as one text: what was an item of a list ends with a semicolon. */
const flowed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line, i, all) => (i === all.length - 1 || /[.,;:!?…]$/.test(line) ? line : `${line};`))
    .join(' ');

function facts({ call, total, language, now }: Briefed): Block {
  const [texts, words] = [textsIn(language), briefWords(language)];
  const { budget, programme, typeOfAction } = termsOf(call, total, language);
  const [lump, page] = [lumpSumOf(call), webAddress(call.url)];
  const trl = call.trl && { label: 'TRL', value: words.trl(call.trl.from, call.trl.to) };
  const rows = [
    ...deadlineFacts(call, now, language).slice(0, MOST_DEADLINES),
    ...openingFact(call, now, language),
    budget,
    programme,
    typeOfAction,
    ...kindFacts(call, language),
    ...(lump === null
      ? []
      : [{ label: words.lumpSum.label, value: lump.yes ? words.lumpSum.yes : words.lumpSum.no }]),
    ...(trl ? [trl] : []),
  ].map(({ label, value }): [string, Words] => [label, inShort(value, LONGEST.fact)]);
  const link: Words = page === null ? texts.notStated : [{ text: inShort(page, LONGEST.fact), href: page }];
  return { kind: 'facts', rows: [...rows, [words.page, link]] };
}

function purpose({ call, language }: Briefed): Block[] {
  const words = briefWords(language);
  const told = PURPOSE.flatMap((kind) => call.sections.find((s) => s.kind === kind) ?? []).slice(0, 2);
  const sections = told.length > 0 ? told : call.sections.slice(0, 1);
  if (sections.length === 0) return [];
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(call.language) ?? call.language;
  return [
    { kind: 'heading', level: 1, text: words.purpose },
    ...sections.map(({ text }): Block => ({
      kind: 'paragraph',
      words: inShort(flowed(text), LONGEST.purpose),
    })),
    { kind: 'paragraph', words: words.inItsWords(name), small: true },
  ];
}

/** The rules that the call states, in its own words. */
function whoMayApply({ call, language }: Briefed): Block[] {
  const words = briefWords(language);
  const { quotes } = textsIn(language);
  const rules = [...(call.roleRules ?? []), ...(call.place?.kind === 'established' ? [call.place] : [])]
    .map(({ quote }) => inShort(quote, LONGEST.rule))
    .filter((quote, i, all) => all.indexOf(quote) === i)
    .slice(0, MOST_RULES);
  return [
    { kind: 'heading', level: 1, text: words.who },
    rules.length > 0
      ? { kind: 'list', items: rules.map((rule) => quotes.open + rule + quotes.close) }
      : { kind: 'paragraph', words: words.noWho },
  ];
}

function whyUs({ institute, why, matched, language }: Briefed): Block[] {
  if (why.length === 0) return [];
  const words = briefWords(language);
  const { quotes } = textsIn(language);
  const passage = matched && quotedPassage(matched.content, matched.match);
  const quote = passage && inShort(passage.before + passage.found + passage.after, LONGEST.quote);
  return [
    { kind: 'heading', level: 1, text: words.why(institute) },
    {
      kind: 'list',
      items: why
        .slice(0, MOST_REASONS)
        .map((one) => inShort(words.reason({ ...one, terms: one.terms.slice(0, MOST_TERMS) }), LONGEST.fact)),
    },
    ...(quote === null
      ? []
      : [
          {
            kind: 'paragraph' as const,
            words: [`${words.says} `, { text: quotes.open + quote + quotes.close, italic: true }],
          },
        ]),
  ];
}

/** A call on one page for who has not read it: what it is for, who may apply, money, dates, and why it concerns the institute. */
export function briefOf(briefed: Briefed): Document {
  const { call, institute, language, now } = briefed;
  const words = briefWords(language);
  const identifier = ownIdentifier(call);
  return {
    title: inShort(call.title, LONGEST.title),
    above: words.above(institute),
    language,
    foot: words.foot(dateForPeople(now, language)),
    blocks: [
      ...(identifier === null
        ? []
        : [{ kind: 'paragraph' as const, words: oneLine(identifier), small: true }]),
      facts(briefed),
      ...purpose(briefed),
      ...whoMayApply(briefed),
      ...whyUs(briefed),
    ],
  };
}
