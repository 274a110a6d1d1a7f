import { sentencesOfChanges } from '../../../calls/domain/facts/change-sentences.js';
import {
  AnnouncedPartnerSearch,
  type CallItem,
  type Message,
  PartnerItem,
  type QuestionItem,
} from './message.js';
import { ownIdentifier } from '../../../calls/domain/related-calls.js';
import type { CallContent, Summary } from '../../../calls/domain/call-content.js';
import { programmeName } from '../../../calls/domain/names-in.js';
import { deadlineFacts, sourceAge } from '../../../calls/domain/facts/call-facts.js';
import { dateForPeople, deadlineForPeople } from '../../../calls/domain/facts/deadline.js';
import { nearestFirst } from '../schedule/reminders.js';
import { brusselsDate } from '../../../kernel/brussels.js';
import { namedText, resultText } from '../../../pipeline/domain/results.js';
import { documentKey, documentPage } from '../../../harvest/domain/drafts/committee-document.js';
import { stepTexts, summaryText, wouldText } from '../../../harvest/domain/drafts/draft-text.js';
import type { DraftNews } from '../../../harvest/domain/drafts/draft-history.js';
import { listTo } from '../../../i18n/message.js';
import { nameIn } from '../../../profiles/domain/names-in.js';
import type { Link } from '../../../outbox/domain/mail-page.js';
import { bestCompetence } from '../../../matching/domain/explanation/reason-sentence.js';
import type { Language } from '../../../kernel/language.js';
import { named, titleOf, fitsIn, scoreIn, type Measure } from './item-view.js';
import { translateTo } from '../../../i18n/translate.js';
import { oneLine, shortened, spaced } from '../../../kernel/one-line.js';
import { ownAddress } from '../../../kernel/web-address.js';
import { countryInWords } from '../../../calls/domain/countries.js';

/**
 * Whether the only news is that a call has opened, mostly known long before. Its planned opening no longer
 * matters.
 */
function merelyOpened({ changes, call, urgency }: CallItem): boolean {
  const announced = sentencesOfChanges(changes, 'en', call);
  const kinds = announced.flatMap((t) => t.changes.map((c) => c.kind));
  return (
    urgency === null &&
    kinds.includes('opened') &&
    announced.every((t) => t.changes.length > 0) &&
    kinds.every((k) => k === 'opened' || k === 'opening')
  );
}

/**
 * Splits a digest into calls that merely opened, one line each, and the rest, in full. Urgent messages show
 * all in full.
 */
export function byOpening({ kind, items }: Pick<Message, 'kind' | 'items'>): {
  opened: CallItem[];
  inFull: CallItem[];
} {
  const opened = kind === 'digest' ? items.filter(merelyOpened) : [];
  return { opened, inFull: items.filter((item) => !opened.includes(item)) };
}

/** A line of a list: a lead-in ("in 12 days"), a linked title, and further details. */
export interface LineView {
  front: string | null;
  language: string;
  title: string;
  /** Our own sentences. */
  says: string[];
  /** A person's words, to be shown in quotation marks. */
  quote: string | null;
  link: Link | null;
  source?: Link;
}

/** Lines under a heading; `more` counts those left out, `link` leads to all. */
export interface ListView {
  heading: string;
  lines: LineView[];
  more: string | null;
  link: Link | null;
}

const LONGEST_WORD = 300;
const LONGEST_TITLE = 140;

/** The start of a list line: the call's title. */
const lineOf = (
  { call, pageUrl }: { call: Summary; pageUrl: string },
  language: Language,
): Omit<LineView, 'says'> => ({
  front: null,
  language: call.language,
  title: titleOf(call, LONGEST_TITLE),
  quote: null,
  link: { label: translateTo(language)('message.open-call'), url: ownAddress(pageUrl) },
});

/** Returns the names people look a call up by: its identifier or project, and its programme, if any. */
const topicOf = (call: CallContent, language: Language): string[] =>
  [
    ownIdentifier(call) ?? call.project?.acronym ?? null,
    call.programme?.name ? programmeName(call.programme.name, language) : null,
  ]
    .filter((name) => name !== null)
    .map(named);

/** "and 3 more"; null if none is left out. */
const andMore = (n: number, language: Language): string | null =>
  n > 0 ? translateTo(language)('message.and-more', { n }) : null;

/** What a list leaves out, and the link to all of it. */
const restOf = (said: string | null, message: Message): Pick<ListView, 'more' | 'link'> => ({
  more: said,
  link: said === null ? null : inboxLink(message),
});

/** The link to all calls: the reader's inbox, or the network's list. */
export const inboxLink = ({ language, inboxUrl, hasInbox }: Message): Link | null =>
  inboxUrl === null
    ? null
    : {
        label: translateTo(language)(hasInbox ? 'message.foot.inbox' : 'message.foot.calls'),
        url: ownAddress(inboxUrl),
      };

const scoreOf = ({ match, profiles: [best] }: CallItem, language: Language): string[] => {
  if (best) return [fitsIn(best, language)];
  return match ? [scoreIn(match.score, language)] : [];
};

/** "Deadline: 16 June 2026"; empty if none is to come. */
const nextDeadlineLine = (call: CallContent, { now, language }: Message): string[] =>
  deadlineFacts(call, now, language, 'marked')
    .slice(0, 1)
    .map((fact) => translateTo(language)('text.labelled', { ...fact }));

/** Lists calls that opened and have no other news: the deadline, how well they fit, and what. */
export function openedList(message: Message, measure: Measure): ListView | null {
  const { language } = message;
  const t = translateTo(language);
  const { opened } = byOpening(message);
  if (!opened.length) return null;
  const lines = opened.slice(0, measure.opened).map((item): LineView => {
    const by = item.match && bestCompetence(item.match);
    return {
      ...lineOf(item, language),
      says: [
        [
          ...topicOf(item.call, language),
          ...nextDeadlineLine(item.call, message),
          ...scoreOf(item, language),
          ...(by ? [t('message.competence', { name: by })] : []),
        ].join(t('text.semicolon')),
      ],
    };
  });
  return {
    heading: t('message.opened'),
    lines,
    ...restOf(andMore(opened.length - lines.length, language), message),
  };
}

/** Lists upcoming deadlines, nearest first. */
export function deadlineList(message: Message, measure: Measure): ListView | null {
  const { reminders, language } = message;
  const t = translateTo(language);
  if (!reminders.length) return null;
  const lines = [...reminders]
    .sort(nearestFirst)
    .slice(0, measure.deadlines)
    .map((reminder): LineView => ({
      ...lineOf(reminder, language),
      front: t('message.days', { n: reminder.daysLeft }),
      says: [
        [deadlineForPeople(reminder.deadline, language, 'marked'), ...topicOf(reminder.call, language)].join(
          t('text.semicolon'),
        ),
      ],
    }));
  const more = reminders.length - lines.length;
  return {
    heading: t('message.deadlines'),
    lines,
    ...restOf(more > 0 ? t('message.deadlines.more', { n: more }) : null, message),
  };
}

/** Lists postponed calls that are due for a decision again, with their next deadline. */
export function postponedList(message: Message, measure: Measure): ListView | null {
  const { postponed, language } = message;
  const t = translateTo(language);
  if (!postponed.length) return null;
  const lines = postponed.slice(0, measure.lines).map((item): LineView => ({
    ...lineOf(item, language),
    says: [
      [
        ...topicOf(item.call, language),
        ...nextDeadlineLine(item.call, message),
        t('message.postponed.until', {
          day: dateForPeople(item.until, language),
          profile: nameIn(named(item.profileName), 'name', language),
        }),
      ].join(t('text.semicolon')),
    ],
  }));
  return {
    heading: t('message.postponed'),
    lines,
    ...restOf(andMore(postponed.length - lines.length, language), message),
  };
}

export function answerList(message: Message, measure: Measure): ListView | null {
  const { answers, language } = message;
  const t = translateTo(language);
  if (!answers.length) return null;
  const lines = answers.slice(0, measure.lines).map((answer): LineView => ({
    ...lineOf(answer, language),
    front: t(`message.answers.${answer.answer}`, { name: named(answer.researcher) }),
    says: [t('message.answers.asked', { profile: nameIn(named(answer.profileName), 'of', language) })],
    quote: answer.word === null ? null : spaced(shortened(oneLine(answer.word), LONGEST_WORD), language),
  }));
  return {
    heading: t('message.answers'),
    lines,
    ...restOf(andMore(answers.length - lines.length, language), message),
  };
}

/** Lists what the register of committees says of the results that bids wait for. */
export function resultList({ results, language, now }: Message, measure: Measure): ListView | null {
  if (!results.length) return null;
  const t = translateTo(language);
  const today = brusselsDate(now);
  const lines = results.slice(0, measure.lines).map((item): LineView => ({
    ...lineOf(item, language),
    front: item.acronym === null ? null : named(item.acronym),
    says: [
      resultText({ ...item, known: false }, today, language),
      ...(item.named ? [namedText(item.named, language)] : []),
      t('message.results.of', { profile: nameIn(named(item.profileName), 'of', language) }),
    ],
    link: { label: t('message.results.bid'), url: ownAddress(item.pageUrl) },
    source: { label: t('result.document'), url: item.url },
  }));
  return {
    heading: t('message.results'),
    lines,
    more: andMore(results.length - lines.length, language),
    link: null,
  };
}

/** Lists what else was published, for readers who want to miss nothing: titles that take a second to scan. */
export function glanceList({ glance, language }: Message, measure: Measure): ListView | null {
  if (!glance.length) return null;
  return {
    heading: translateTo(language)('message.glance'),
    lines: glance.slice(0, measure.glance).map((item): LineView => ({ ...lineOf(item, language), says: [] })),
    more: null,
    link: null,
  };
}

/** Says what a draft says that is new of a call. */
export function draftText(news: DraftNews, language: Language): string {
  const t = translateTo(language);
  const place = { day: dateForPeople(news.day, language), version: news.version };
  switch (news.kind) {
    case 'would':
      return t('draft-news.would', {
        ...place,
        changes: listTo(
          language,
          news.changes.map((change) => wouldText(change, language)),
        ),
      });
    case 'changed':
      return t('draft-news.changed', {
        ...place,
        changes: stepTexts({ changes: news.changes, renumberedFrom: null }, language).join(', '),
      });
    case 'dropped':
      return t('draft-news.dropped', place);
    case 'merged':
      return t('draft-news.merged', { identifier: news.into.identifier, title: news.into.title });
    case 'published':
      return [t('draft-news.published'), ...(news.summary ? [summaryText(news.summary, language)] : [])].join(
        ' ',
      );
  }
}

/** Lists what drafts say that is new of calls decided on. */
export function draftList({ drafted, language }: Message, measure: Measure): ListView | null {
  if (!drafted.length) return null;
  const t = translateTo(language);
  const lines = drafted.slice(0, measure.lines).map((item): LineView => ({
    ...lineOf(item, language),
    says: [topicOf(item.call, language).join(t('text.semicolon')), draftText(item.news, language)].filter(
      Boolean,
    ),
    source: { label: t('draft.document'), url: documentPage(item.news.document) },
  }));
  return {
    heading: t('message.drafted'),
    lines,
    more: andMore(drafted.length - lines.length, language),
    link: null,
  };
}

/** Lists topics of drafts that fit, each with the draft that it stands in. */
export function comingList({ coming, language }: Message): ListView | null {
  if (!coming.length) return null;
  const t = translateTo(language);
  return {
    heading: t('message.coming'),
    lines: coming.map((item): LineView => ({
      ...lineOf(item, language),
      ...(item.call.draft && {
        source: { label: t('draft.document'), url: documentPage(documentKey(item.call.draft)) },
      }),
      says: item.call.draft
        ? [
            t('draft.says', {
              day: dateForPeople(item.call.draft.day, language),
              version: item.call.draft.version,
            }),
          ]
        : [],
    })),
    more: null,
    link: null,
  };
}

/** Links to the calls that the institute was not notified of and is asked about once a month. */
export function askedList({ asked, language }: Message): ListView | null {
  const t = translateTo(language);
  if (!asked) return null;
  const line: LineView = {
    front: null,
    language,
    title: t('message.asked.says', { n: asked.calls }),
    says: [],
    quote: null,
    link: { label: t('message.asked.look'), url: ownAddress(asked.url) },
  };
  return { heading: t('recall-sample.title'), lines: [line], more: null, link: null };
}

/** Lists sources that went quiet or cannot be read. */
export function troubleList({ troubles, language, now }: Message): ListView | null {
  const t = translateTo(language);
  if (!troubles.length) return null;
  const lines = troubles.map((trouble): LineView => ({
    front: null,
    language,
    title: t('message.troubles.since', {
      name: named(trouble.name),
      date: dateForPeople(trouble.since, language),
    }),
    says: [sourceAge(trouble, now, language)],
    quote: null,
    link: null,
  }));
  return { heading: t('message.troubles'), lines, more: null, link: null };
}

/** Searches named per call; the others are counted and listed on its page. */
const SHOWN_SEARCHES = 2;
const LONGEST_SUMMARY = 200;

/** "Offer, Germany, 5 May 2026: Pilot-scale testing": only what is known. */
function searchText(
  { wants, country, publishedAt, summary }: AnnouncedPartnerSearch,
  language: Language,
): string {
  const t = translateTo(language);
  const where = countryInWords(country, language);
  const facts = [
    t(`message.partners.${wants}`),
    ...(where ? [named(where)] : []),
    ...(publishedAt ? [dateForPeople(publishedAt, language)] : []),
  ].join(', ');
  return summary === null
    ? facts
    : t('text.labelled', {
        label: facts,
        value: spaced(shortened(oneLine(summary), LONGEST_SUMMARY), language),
      });
}

const partnerLine = (item: PartnerItem, language: Language): LineView => ({
  ...lineOf(item, language),
  says: [
    translateTo(language)('message.count.partners', { n: item.searches.length }),
    ...item.searches.slice(0, SHOWN_SEARCHES).map((s) => searchText(s, language)),
  ],
});

/** Lists new partner searches for followed calls: how many for each, and the newest. */
export function partnerList({ partners, language }: Message, measure: Measure): ListView | null {
  if (!partners.length) return null;
  const t = translateTo(language);
  return {
    heading: t('message.partners'),
    lines: partners.slice(0, measure.lines).map((item) => partnerLine(item, language)),
    more: andMore(partners.length - measure.lines, language),
    link: null,
  };
}

/** Questions named per call; the others are counted and listed on its page. */
const SHOWN_QUESTIONS = 3;
const [LONGEST_QUESTION, LONGEST_ANSWER] = [200, 240];

const words = (text: string, longest: number, language: Language): string =>
  spaced(shortened(oneLine(text), longest), language);

/** "New question: May one apply alone? No: at least three partners …" */
function questionText(
  { news, question, answer }: QuestionItem['questions'][number],
  language: Language,
): string {
  const t = translateTo(language);
  const said = [
    words(question, LONGEST_QUESTION, language),
    ...(answer === null || news === 'withdrawn' ? [] : [words(answer, LONGEST_ANSWER, language)]),
  ];
  return t('text.labelled', { label: t(`question.${news}`), value: said.join(' ') });
}

function questionLine(item: QuestionItem, language: Language): LineView {
  const { questions } = item;
  const { link, ...line } = lineOf(item, language);
  return {
    ...line,
    link: link && { ...link, url: `${link.url}#questions` },
    says: [
      ...(questions.length > SHOWN_QUESTIONS
        ? [translateTo(language)('message.count.questions', { n: questions.length })]
        : []),
      ...questions.slice(0, SHOWN_QUESTIONS).map((q) => questionText(q, language)),
    ],
  };
}

/** Lists news of questions on calls that the institute studies: the newest of each. */
export function questionList({ questions, language }: Message, measure: Measure): ListView | null {
  if (!questions.length) return null;
  const t = translateTo(language);
  return {
    heading: t('message.questions'),
    lines: questions.slice(0, measure.lines).map((item) => questionLine(item, language)),
    more: andMore(questions.length - measure.lines, language),
    link: null,
  };
}
