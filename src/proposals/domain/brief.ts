import type { CallContent } from '../../calls/domain/call-content.js';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { summaryText, type SummaryView } from '../../calls/domain/summary.js';
import {
  deadlineFacts,
  draftFact,
  openingFact,
  termsOf,
  kindFacts,
} from '../../calls/domain/facts/call-facts.js';
import {
  requirementCard,
  requirementInShort,
  reachedFirst,
  trlForPeople,
} from '../../calls/domain/facts/requirement-facts.js';
import type { Requirements } from '../../calls/domain/requirements.js';
import { lumpSumOf } from '../../calls/domain/page/funding-rate.js';
import { ownIdentifier } from '../../calls/domain/related-calls.js';
import type { StatedTotal } from '../../calls/domain/page/budget-comparison.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import { isQuotedIn, quotedPassage } from '../../matching/domain/explanation/passage.js';
import type { Block, Document, Words } from '../../kernel/document.js';
import { nameIn } from '../../profiles/domain/names-in.js';
import type { Language } from '../../kernel/language.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import { languageNameTo } from '../../i18n/message.js';
import { translateTo } from '../../i18n/translate.js';
import {
  type Contactable,
  contactReason,
  organisationText,
} from '../../funded-projects/domain/whom-to-call.js';
import type { StatedResults } from '../../calls/domain/page/evaluation-results.js';
import type { Why } from './candidates.js';

export interface Briefed {
  call: CallContent;
  /** What the call says of who may answer. */
  stated: Requirements;
  total: StatedTotal;
  /** What it is about; null where its text says nothing. */
  summary: SummaryView | null;
  institute: string;
  /** Whom to call, best first, and what official notes state of the editions before, newest first. */
  whomToCall: Contactable[];
  results: StatedResults[];
  why: Why[];
  /** The match and the text it was made on; null if the call was not matched. */
  matched: { match: MatchScore; content: CallContent } | null;
  language: Language;
  /** Passages translated by a model into the reader's language; null for the original. */
  translated: TranslatedPassages | null;
  now: Date;
}

/** The passages of a call that a summary shows: shortened, identified by position. */
export interface Passages {
  title: string;
  purpose: string[];
  rules: string[];
}
export interface TranslatedPassages extends Passages {
  model: string;
}

/** Limits that keep the summary on one page of A4. */
const LONGEST = { title: 170, summary: 360, purpose: 320, rule: 180, quote: 200, fact: 120 };
const [MOST_DEADLINES, MOST_RULES, MOST_REASONS, MOST_TERMS, MOST_CONTACTS] = [2, 2, 3, 4, 2];

/** Sections that state the purpose of a call, in order of preference. */
const PURPOSE = ['summary', 'objective', 'expected-outcome', 'scope'] as const;

const inShort = (text: string, most: number): string => shortened(oneLine(text), most);

/** Joins lines into one text, with semicolons after list items. */
const flowed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line, i, all) => (i === all.length - 1 || /[.,;:!?…]$/.test(line) ? line : `${line};`))
    .join(' ');

/** A competence with its terms that were found in the call. */
function reasonIn({ competence, terms }: Why, language: Language): string {
  const named = terms.slice(0, MOST_TERMS).join(', ');
  return named === '' ? competence : translateTo(language)('brief.reason', { competence, terms: named });
}

/** How many applied the last time, and whom to call. */
function wonFacts({ whomToCall, results, language }: Briefed): { label: string; value: string }[] {
  const t = translateTo(language);
  const [last] = results;
  return [
    ...(last
      ? [
          {
            label: t('won.results-fact'),
            value: t('won.results', {
              identifier: last.identifier,
              submitted: last.submitted,
              funded: last.funded,
            }),
          },
        ]
      : []),
    ...whomToCall.slice(0, MOST_CONTACTS).map((one) => ({
      label: t('won.whom'),
      value: `${organisationText(one, language)}, ${contactReason(one, language)}`,
    })),
  ];
}

function facts(briefed: Briefed): Block {
  const { call, stated, total, language, now } = briefed;
  const t = translateTo(language);
  const { budget, programme, typeOfAction } = termsOf(call, total, language);
  const [lump, page] = [lumpSumOf(call), webAddress(call.url)];
  const levels = reachedFirst(stated.trl).map((level) => trlForPeople(level, language));
  const trl = levels.length > 0 && { label: 'TRL', value: levels.join(', ') };
  const rows = [
    ...draftFact(call, language),
    ...deadlineFacts(call, now, language).slice(0, MOST_DEADLINES),
    ...openingFact(call, now, language),
    budget,
    programme,
    typeOfAction,
    ...kindFacts(call, language),
    ...(lump === null
      ? []
      : [
          {
            label: t('mail.proposal.lump-sum'),
            value: t(lump.yes ? 'mail.proposal.lump-sum.yes' : 'mail.proposal.lump-sum.no'),
          },
        ]),
    ...(trl ? [trl] : []),
    ...wonFacts(briefed),
  ].map(({ label, value }): [string, Words] => [label, inShort(value, LONGEST.fact)]);
  const link: Words = page === null ? t('not-stated') : [{ text: inShort(page, LONGEST.fact), href: page }];
  return { kind: 'facts', rows: [...rows, [t('brief.page'), link]] };
}

/** The passages of the call that a summary shows: its purpose and its rules. */
export function passagesOf(call: CallContent, stated: Requirements): Passages {
  const told = PURPOSE.flatMap((kind) => call.sections.find((s) => s.kind === kind) ?? []);
  const sections = [...told, ...call.sections].slice(0, 1);
  return {
    title: inShort(call.title, LONGEST.title),
    purpose: sections.map(({ text }) => inShort(flowed(text), LONGEST.purpose)),
    rules: requirementCard(call, 'en', stated)
      .requirements.slice(0, MOST_RULES)
      .map(({ quote }) => requirementInShort(quote, LONGEST.rule)),
  };
}

/** Translations are cut to the same lengths. */
const fitting = ({ title, purpose, rules }: Passages): Passages => ({
  title: inShort(title, LONGEST.title),
  purpose: purpose.map((text) => inShort(text, LONGEST.purpose)),
  rules: rules.map((text) => inShort(text, LONGEST.rule)),
});

/** The origin of the passages: the call itself, or a model whose translation nobody has reviewed. */
function whose({ call, language, translated }: Briefed): string {
  const t = translateTo(language);
  const nameOf = (code: string) => languageNameTo(language, code);
  return translated
    ? t('brief.translated', {
        model: oneLine(translated.model),
        from: nameOf(call.language),
        to: nameOf(language),
      })
    : t('brief.own-words', { language: nameOf(call.language) });
}

function purpose(briefed: Briefed, { purpose: texts }: Passages): Block[] {
  if (texts.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: translateTo(briefed.language)('brief.purpose') },
    ...texts.map((words): Block => ({ kind: 'paragraph', words })),
    { kind: 'paragraph', words: whose(briefed), small: true },
  ];
}

/** What must not be overlooked, in quotation marks unless translated, and what the source leaves empty. */
function whoMayApply({ call, stated, language, translated }: Briefed, { rules }: Passages): Block[] {
  const t = translateTo(language);
  const { requirements, nothing, leftEmpty } = requirementCard(call, language, stated);
  const items = requirements.slice(0, MOST_RULES).map(({ label, says, quote }, i) => {
    const text = translated
      ? (rules[i] ?? quote)
      : t('text.quote', { text: requirementInShort(quote, LONGEST.rule) });
    return t('text.labelled', { label: says === null ? label : `${label}, ${says}`, value: text });
  });
  const more = requirements.length - items.length;
  const small = [more > 0 ? `${t('call.requirements-more', { n: more })}.` : '', leftEmpty ?? '']
    .join(' ')
    .trim();
  return [
    { kind: 'heading', level: 1, text: t('call.requirements') },
    ...(items.length ? [{ kind: 'list' as const, items }] : []),
    ...(nothing === null ? [] : [{ kind: 'paragraph' as const, words: nothing }]),
    ...(small ? [{ kind: 'paragraph' as const, words: small, small: true }] : []),
  ];
}

function whyUs({ institute, why, matched, summary, language }: Briefed): Block[] {
  if (why.length === 0) return [];
  const t = translateTo(language);
  const passage = matched && quotedPassage(matched.content, matched.match);
  const isNew = passage && !isQuotedIn(summary?.sentences.join(' ') ?? '', passage);
  const quote = isNew ? inShort(passage.before + passage.found + passage.after, LONGEST.quote) : null;
  return [
    { kind: 'heading', level: 1, text: t('brief.why', { institute: nameIn(institute, 'name', language) }) },
    {
      kind: 'list',
      items: why.slice(0, MOST_REASONS).map((one) => inShort(reasonIn(one, language), LONGEST.fact)),
    },
    ...(quote === null
      ? []
      : [
          {
            kind: 'paragraph' as const,
            words: [`${t('brief.passage')} `, { text: t('text.quote', { text: quote }), italic: true }],
          },
        ]),
  ];
}

/**
 * The one-page summary of a call: purpose, who may apply, money, dates, and why it concerns the institute.
 */
export function briefOf(briefed: Briefed): Document {
  const { call, institute, language, now } = briefed;
  const t = translateTo(language);
  const identifier = ownIdentifier(call);
  const shown = briefed.translated ? fitting(briefed.translated) : passagesOf(call, briefed.stated);
  // The original title is needed to look the call up.
  const own = [identifier, ...(briefed.translated ? [inShort(call.title, LONGEST.title)] : [])].filter(
    (text) => text !== null,
  );
  return {
    title: shown.title,
    above: t('brief.above', { institute: nameIn(institute, 'name', language) }),
    language,
    foot: t('brief.foot', { day: dateForPeople(now, language) }),
    blocks: [
      ...own.map((text): Block => ({ kind: 'paragraph', words: oneLine(text), small: true })),
      ...(briefed.summary
        ? [
            {
              kind: 'paragraph' as const,
              words: inShort(summaryText(briefed.summary, language), LONGEST.summary),
            },
          ]
        : []),
      facts(briefed),
      ...purpose(briefed, shown),
      ...whoMayApply(briefed, shown),
      ...whyUs(briefed),
    ],
  };
}
