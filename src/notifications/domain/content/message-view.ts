import { DateTime } from 'luxon';
import { type Translate, translateTo } from '../../../i18n/translate.js';
import type { CallContent, Deadline } from '../../../calls/domain/call-content.js';
import { closingNextFirst } from '../../../calls/domain/related-calls.js';
import {
  comingAndPassed,
  dayIn,
  nextDeadlineAt,
  shortDate,
  timeIn,
} from '../../../calls/domain/facts/deadline.js';
import { FULL, newsOf, urgencyWords, followed, followedIn, named, shortName, titleOf } from './item-view.js';
import { type CallItem, isWithdrawn, type Message } from './message.js';
import { amountForPeople } from '../../../calls/domain/facts/budget.js';
import { daysLeft } from '../../../kernel/brussels.js';
import { MAIL_LINK_DAYS } from './mail-link.js';
import {
  answerList,
  askedList,
  byOpening,
  postponedList,
  comingList,
  deadlineList,
  draftList,
  glanceList,
  inboxLink,
  type ListView,
  openedList,
  resultList,
  troubleList,
  partnerList,
  questionList,
} from './message-lists.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import { CarnotError } from '../../../kernel/errors.js';
import { type Language, LOCALES } from '../../../kernel/language.js';
import type { Link } from '../../../outbox/domain/mail-page.js';
import { foldedViews, type GroupView } from './message-groups.js';
import { listTo } from '../../../i18n/message.js';
import { sourceAge } from '../../../calls/domain/facts/call-facts.js';
import { ownAddress } from '../../../kernel/web-address.js';

/** Returns the common name of a time zone if it differs from its id. */
export const zoneIn = (zone: string, t: Translate): string =>
  zone === 'Europe/Brussels'
    ? t('message.zone.brussels')
    : zone === 'Europe/Paris'
      ? t('message.zone.paris')
      : t('message.zone', { zone });

/** A date with the mark of a default time, which a note must explain. */
const MARKED = /\d\*/;

/** Whether something shown has the mark of a default time. */
function showsUnstatedTime(groups: GroupView[], lists: ListView[]): boolean {
  const ofCalls = groups.flatMap(({ facts, items }) => [
    ...facts.map((fact) => fact.value),
    ...items.flatMap((item) => [
      ...item.changes.map((change) => change.sentence),
      ...item.facts.map((fact) => fact.value),
    ]),
  ]);
  return [...ofCalls, ...lists.flatMap(({ lines }) => lines.flatMap((line) => line.says))].some((said) =>
    MARKED.test(said),
  );
}

/** The same in every language, so that mail filters can match it. */
const SAMPLE_PREFIX = '[SAMPLE] ';
/** Phones show about forty characters of a subject, so what is urgent comes first. */
const LONGEST_NAME = 40;
const LONGEST_TITLE = 80;
/** It shares the line with its date, the number of others, and the institute. */
const LONGEST_BEST = 60;
/** Nobody starts a proposal in the last week. */
const LEAST_DAYS = 7;
const MOST_COUNTED = 2;

/** What a message contains, by kind. */
type Counted =
  | 'fresh'
  | 'changed'
  | 'opened'
  | 'baseline'
  | 'deadlines'
  | 'answers'
  | 'results'
  | 'troubles'
  | 'partners'
  | 'questions'
  | 'postponed'
  | 'drafted'
  | 'coming';

const OF_CALLS = ['fresh', 'changed', 'opened', 'baseline'] as const satisfies readonly Counted[];

/** The contents of each kind. Deadlines are counted only as reminders. */
type Lists = Record<(typeof OF_CALLS)[number], CallItem[]> & { deadlines: Message['reminders'] } & Record<
    'answers' | 'results' | 'troubles' | 'partners' | 'questions' | 'postponed' | 'drafted' | 'coming',
    readonly unknown[]
  >;

function listsOf(message: Message): Lists {
  const { reminders: deadlines, answers, results, troubles, postponed, drafted, coming } = message;
  const partners = message.partners.flatMap((p) => p.searches);
  const questions = message.questions.flatMap((q) => q.questions);
  const { opened, inFull } = byOpening(message);
  const of = (news: ReturnType<typeof newsOf>): CallItem[] => inFull.filter((i) => newsOf(i) === news);
  return {
    fresh: of('fresh'),
    changed: of('changed'),
    opened,
    baseline: of('baseline'),
    deadlines,
    answers,
    results,
    troubles,
    partners,
    questions,
    postponed,
    drafted,
    coming,
  };
}

/**
 * Returns the kinds to count: calls, results and answers always; postponed calls, drafts, questions,
 * partner searches, deadlines and sources only if there is nothing else.
 */
function kindsIn(lists: Lists): Counted[] {
  const told = (all: Counted[]): Counted[] => all.filter((c) => lists[c].length > 0);
  const news = told([...OF_CALLS, 'results', 'answers']);
  return news.length
    ? news
    : told(['postponed', 'drafted', 'questions', 'partners', 'deadlines', 'troubles', 'coming']);
}

/** "4 new calls, 2 changes". */
const counted = (kinds: Counted[], lists: Lists, language: Message['language']): string =>
  kinds.map((c) => translateTo(language)(`message.count.${c}`, { n: lists[c].length })).join(', ');

function whatIsIn(message: Message): string {
  const lists = listsOf(message);
  return counted(kindsIn(lists), lists, message.language);
}

/** The subject: short, and precise about what cannot wait. */
function subjectOf(message: Message): string {
  return (
    (message.sample ? SAMPLE_PREFIX : '') +
    (message.kind === 'urgent' && message.items.length ? urgentSubject(message) : listSubject(message))
  );
}

function listSubject(message: Message): string {
  const { kind, items, language } = message;
  if (kind === 'first')
    return line(
      message,
      items.length ? bestOf(message) : translateTo(language)('message.subject.nothing-fits'),
      null,
    );
  const lists = listsOf(message);
  const all = kindsIn(lists);
  const change =
    all.join() === 'changed' && lists.changed.length === 1 ? changeOf(lists.changed[0]!, message) : null;
  if (change !== null)
    return ofReader(message, translateTo(language)('message.subject.line', { what: change }), 'of');
  const news = all.slice(0, MOST_COUNTED);
  const said: Counted[] =
    lists.deadlines.length && news.length < MOST_COUNTED && !news.includes('deadlines')
      ? [...news, 'deadlines']
      : news;
  // A date is read as belonging to what is counted before it, and as the next of all that follows.
  const next = (of: Counted[]): string | null =>
    nextDeadline(
      message,
      OF_CALLS.flatMap((kind) => (of.includes(kind) ? lists[kind] : [])),
      of.includes('deadlines') ? lists.deadlines : [],
    );
  const date = next(said);
  return line(
    message,
    counted(said, lists, language),
    date === next([...OF_CALLS, 'deadlines']) ? date : null,
  );
}

/**
 * Says what changed in a call, if it fits in a few words: "Budget raised from €20M to €25M: Clinical
 * research".
 */
function changeOf({ call, changes }: CallItem, { language, now }: Message): string | null {
  const t = translateTo(language);
  const budget = changes.find((c) => c.kind === 'budget');
  const [from, to] = [budget?.from, budget?.to].map(
    (b) => (b as CallContent['budget'] | undefined)?.total ?? null,
  );
  const date = moved(changes, now);
  const kind = (['forward', 'extended', 'conditions', 'text'] as const).find((k) =>
    changes.some((c) => c.kind === k),
  );
  const amount = (total: number): string => amountForPeople(total, call.budget!.currency, language);
  const what =
    typeof from === 'number' && typeof to === 'number' && from !== to
      ? t('message.subject.change.budget', {
          way: to > from ? 'up' : 'down',
          from: amount(from),
          to: amount(to),
        })
      : kind === 'forward' || kind === 'extended'
        ? date && t(`message.subject.change.${kind}`, { to: shortDate(date.at, now, language) })
        : kind && t(`message.subject.change.${kind}`);
  return what ? t('message.subject.change', { what, title: titleInShort(call, LONGEST_BEST) }) : null;
}

/** "Carnot Europe: 4 new calls for LISA, next deadline 3 Nov"; null parts are left out. */
function line(message: Message, what: string, deadline: string | null): string {
  const t = translateTo(message.language);
  const said = ofReader(message, t('message.subject.line', { what }), 'for');
  if (deadline === null) return said;
  const lists = listsOf(message);
  return kindsIn(lists).join() === 'deadlines'
    ? t('message.subject.next-of', { line: said, deadline, n: lists.deadlines.length })
    : t('message.subject.next', { line: said, deadline });
}

/** Adds for whom a message is: in parentheses behind the title of a call. */
function ofReader(message: Message, said: string, how: 'for' | 'of'): string {
  const [first, ...others] = message.follows;
  if (!first) return said;
  const { language } = message;
  const t = translateTo(language);
  const called = shortened(shortName(first.name), LONGEST_NAME);
  const name = how === 'for' ? followedIn({ ...first, name: called }, language, true) : called;
  const all = others.length ? t('message.following', { name, n: others.length }) : name;
  return t(`message.subject.${how}`, { line: said, whose: all });
}

/**
 * Names the best call that can still be answered and when it opens or closes, or the number of calls if none
 * can.
 */
function bestOf({ items, language, now }: Message): string {
  const t = translateTo(language);
  const best = items.find(({ call }) => isAnswerable(call.deadlines, now));
  if (!best) return t('message.subject.first', { n: items.length });
  const title = titleInShort(best.call, LONGEST_BEST).replace(SAMPLE_PREFIX, '');
  const next = comingAndPassed(best.call.deadlines, now).coming[0];
  const { opensAt } = best.call;
  const when =
    opensAt !== null && new Date(opensAt) > now
      ? t('deadline.short.opens', { date: shortDate(opensAt, now, language) })
      : next && t('deadline.short.closes', { date: shortDate(next.at, now, language) });
  const named = when ? `${title} (${when})` : title;
  return items.length > 1 ? t('message.subject.others', { title: named, n: items.length - 1 }) : named;
}

/** Whether there is time to start a proposal; a second stage admits only applicants of the first. */
function isAnswerable(deadlines: Deadline[], now: Date): boolean {
  const next = comingAndPassed(deadlines, now).coming[0];
  return next ? next.kind !== 'stage-2' && daysLeft(now, next.at) >= LEAST_DAYS : deadlines.length === 0;
}

/** A long title first loses what stands in brackets at its end: "(IA) (Made in Europe partnership)". */
function titleInShort(call: CallContent, longest: number): string {
  const whole = titleOf(call);
  return shortened(whole.length > longest ? whole.replace(/(?: \([^()]*\))+$/, '') : whole, longest);
}

/** Names the best call or, if it cannot wait, what closes first among those with the same mark. */
function urgentSubject(message: Message): string {
  const { items, language, now } = message;
  const t = translateTo(language);
  const best = items[0]!;
  const alike = items.filter(({ urgency }) => urgency === best.urgency);
  const first =
    best.urgency === null
      ? best
      : closingNextFirst(alike, ({ call }) => nextDeadlineAt(call.deadlines, now))[0]!;
  const title = titleInShort(first.call, LONGEST_TITLE);
  const said = items.length === 1 ? title : t('message.subject.more', { title, n: items.length - 1 });
  const dates = new Set(items.map((item) => closing(item, message)));
  const closes = dates.size === 1 ? closing(first, message) : null;
  return `[${markOf(first, message)}] ${said}${closes === null ? '' : ` — ${closes}`}`;
}

const markOf = (item: CallItem, { language, now }: Message): string =>
  urgencyWords(item, language, now) ?? translateTo(language)(`message.badge.${newsOf(item)}`);

/** Says when the call closes, as news if the date has moved; null for a withdrawn call. */
function closing(item: CallItem, { language, now }: Message): string | null {
  const { call, urgency, changes } = item;
  const t = translateTo(language);
  const next = comingAndPassed(call.deadlines, now).coming[0];
  if (!next || isWithdrawn(item)) return null;
  if (urgency !== 'brought-forward' && urgency !== 'extended-late')
    return t('deadline.short.closes', { date: shortDate(next.at, now, language) });
  return t('message.subject.now', { date: shortDate((moved(changes, now) ?? next).at, now, language) });
}

/** Returns the next deadline that is new: of two stages, only the second may have moved. */
function moved(changes: CallItem['changes'], now: Date): Deadline | undefined {
  const last = changes.filter((c) => c.kind === 'forward' || c.kind === 'extended').at(-1);
  const before = new Set(((last?.from ?? []) as Deadline[]).map((d) => d.at));
  return comingAndPassed(
    ((last?.to ?? []) as Deadline[]).filter((d) => !before.has(d.at)),
    now,
  ).coming[0];
}

/** Skips withdrawn calls: nobody works towards their deadlines. */
function nextDeadline(
  { language, now }: Message,
  items: CallItem[],
  reminders: Message['reminders'],
): string | null {
  const standing = items.filter((i) => !isWithdrawn(i));
  const all = [...standing.flatMap((i) => i.call.deadlines), ...reminders.map((r) => r.deadline)];
  const next = comingAndPassed(all, now).coming[0];
  return next ? shortDate(next.at, now, language) : null;
}

/** A message with every word chosen and external text reduced to one line; channels only lay it out. */
export interface MessageView {
  language: Language;
  subject: string;
  /** What mail programs show after the subject. */
  preheader: string;
  banner: string | null;
  heading: string;
  greeting: string | null;
  intro: string[];
  /** How to choose settings; first messages only. */
  choose: { heading: string; says: string; link: Link } | null;
  groups: GroupView[];
  /** How many items the daily limit had held back. */
  held: string | null;
  /** A note that some calls were not read by the language model. */
  unread: string | null;
  more: string | null;
  /**
   * In reading order: opened calls, postponed ones, deadlines, results, answers, partner searches,
   * what else was published, the monthly question, failing sources.
   */
  lists: ListView[];
  inbox: Link | null;
  foot: {
    /** Explains the mark on deadlines without a stated time. */
    untold: string | null;
    /** Who can use the links that decide; null if there are none. */
    links: string | null;
    why: string | null;
    next: string;
    sources: { heading: string; lines: string[] };
    settings: Link;
    unsubscribe: Link;
  };
}

const LONGEST_PREHEADER = 160;

/** Chooses the words of a message in the reader's language, as far as the channel has room. */
export function messageView(message: Message, measure = FULL): MessageView {
  refuseEmpty(message);
  const { language, name, kind, more } = message;
  const t = translateTo(language);
  const heading = headingOf(message);
  const several = message.items.length > 1;
  const groups = foldedViews({ ...message, items: byOpening(message).inFull }, measure).map((group) => ({
    ...group,
    // The heading says it of all of them.
    items: group.items.map((item) =>
      several ? { ...item, badges: item.badges.filter(({ label }) => label !== heading) } : item,
    ),
  }));
  const lists = [
    openedList(message, measure),
    postponedList(message, measure),
    deadlineList(message, measure),
    resultList(message, measure),
    answerList(message, measure),
    questionList(message, measure),
    partnerList(message, measure),
    draftList(message, measure),
    comingList(message),
    glanceList(message, measure),
    askedList(message),
    troubleList(message),
  ].filter((list) => list !== null);
  return {
    language,
    subject: subjectOf(message),
    preheader: preheaderOf(groups, lists),
    banner: message.sample ? t('message.sample') : null,
    heading,
    greeting: name === null ? null : t('text.greeting', { name: named(name) }),
    intro: introOf(message),
    choose:
      kind === 'first'
        ? {
            heading: t('message.choose'),
            says: t('message.choose.says'),
            link: { label: t('preferences.title'), url: ownAddress(message.settingsUrl) },
          }
        : null,
    groups,
    held: message.held > 0 ? t('message.held', { n: message.held, limit: message.dailyLimit }) : null,
    unread: unreadOf(message),
    more: more > 0 ? moreOf(message) : null,
    lists,
    inbox: inboxLink(message),
    foot: footOf(message, groups, lists),
  };
}

/** How much of a message is news: all but reminders, postponed calls, and what stands beside them. */
const newsIn = (message: Message): number =>
  [
    message.items,
    message.answers,
    message.results,
    message.troubles,
    message.partners,
    message.questions,
    message.drafted,
    message.coming,
  ].reduce((sum, { length }) => sum + length, 0);

/** Prevents an empty message from being sent by mistake. A first message may say that nothing fits. */
function refuseEmpty(message: Message): void {
  if (message.kind === 'first' || newsIn(message) + message.postponed.length + message.reminders.length > 0)
    return;
  throw new CarnotError('EmptyMessage', `message ${message.id} has nothing to tell`, 'never');
}

/** Says how many more calls fit, and where to find them. */
function moreOf({ kind, more: n, hasInbox, language }: Message): string {
  const t = translateTo(language);
  return kind === 'first'
    ? t('message.more.first', { n, where: hasInbox ? 'inbox' : 'list' })
    : t('message.more.digest', { n });
}

function unreadOf({ items, language }: Message): string | null {
  const unread = items.filter((item) => item.unread).length;
  return unread > 0
    ? translateTo(language)(unread === items.length ? 'message.unread.all' : 'message.unread.some', {
        n: unread,
      })
    : null;
}

function headingOf(message: Message): string {
  const t = translateTo(message.language);
  if (message.kind === 'first')
    return message.items.length
      ? t('message.heading.first', { n: message.items.length })
      : t('message.heading.nothing-fits');
  const marks = new Set(message.items.map((item) => markOf(item, message)));
  return message.kind === 'urgent' && marks.size === 1 ? [...marks][0]! : whatIsIn(message);
}

function introOf(message: Message): string[] {
  const { kind, items, language } = message;
  const t = translateTo(language);
  if (kind === 'first')
    return [
      items.length ? t('message.intro.first', { n: items.length }) : t('message.intro.nothing-fits'),
      t('message.intro.promise'),
    ];
  if (kind === 'digest') {
    const { postponed, reminders, glance } = message;
    if (newsIn(message) + glance.length > 0) return [t('message.intro.digest')];
    return [
      postponed.length > 0
        ? t('message.intro.postponed', { n: postponed.length })
        : t('message.intro.reminders', { n: reminders.length }),
    ];
  }
  return [
    t(
      items.length && items.every((i) => i.urgency !== null)
        ? 'message.intro.urgent'
        : 'message.intro.at-once',
    ),
  ];
}

/** The changes or titles, since the subject already has the counts. */
function preheaderOf(groups: GroupView[], lists: ListView[]): string {
  const items = groups.flatMap((g) => g.items);
  if (!items.length) {
    const titles = lists.flatMap(({ lines }) => lines.map((line) => line.title));
    return shortened(titles.join(' · '), LONGEST_PREHEADER);
  }
  const said =
    items.length === 1
      ? [...items[0]!.changes.map((c) => c.sentence), items[0]!.reason ?? '', items[0]!.title]
      : items.map((i) => i.title);
  return shortened(said.filter(Boolean).join(' · '), LONGEST_PREHEADER);
}

function footOf(message: Message, groups: GroupView[], lists: ListView[]): MessageView['foot'] {
  const { language, now, follows } = message;
  const t = translateTo(language);
  return {
    untold: showsUnstatedTime(groups, lists) ? t('deadline.note') : null,
    links: groups.some((group) => group.items.some((item) => item.decide))
      ? t('message.foot.links', { days: MAIL_LINK_DAYS })
      : null,
    why: follows.length
      ? t('message.foot.why', { all: listTo(language, followed(follows, language, FULL, true)) })
      : null,
    next: nextDigest(message),
    sources: {
      heading: t('message.foot.sources'),
      lines: message.sources.map((s) =>
        t('text.labelled', { label: oneLine(s.name), value: sourceAge(s, now, language) }),
      ),
    },
    settings: { label: t('message.foot.settings'), url: ownAddress(message.settingsUrl) },
    unsubscribe: { label: t('anyone.unsubscribe.do'), url: ownAddress(message.unsubscribeUrl) },
  };
}

/** In the reader's time zone, since they will look at their own clock. */
function nextDigest({ next, language }: Message): string {
  const t = translateTo(language);
  if (next === null) return t('message.foot.no-next');
  const there = DateTime.fromJSDate(next.at).setZone(next.zone).setLocale(LOCALES[language]);
  const when = t('message.foot.when', {
    weekday: there.toFormat('cccc'),
    date: dayIn(there, 'MMMM', language),
    time: timeIn(there, language),
    zone: zoneIn(next.zone, t),
  });
  return t('message.foot.next', { when });
}
