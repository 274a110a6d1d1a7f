import type { Deadline } from '../../../calls/domain/call-content.js';
import { daysLeft } from '../../../calls/domain/days-left.js';
import { comingAndPassed, shortDate } from '../../../calls/domain/facts/deadline.js';
import { nameIn } from '../../../profiles/domain/name-in.js';
import { newsOf, urgencyWords } from './item-view.js';
import { titleOf, shortName } from './item-words.js';
import type { CallItem, Message } from './message.js';
import { translateTo } from '../../../i18n/translate.js';
import { byOpening } from '../events/openings.js';
import { shortened } from '../../../kernel/one-line.js';

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
  'fresh' | 'changed' | 'opened' | 'baseline' | 'deadlines' | 'answers' | 'troubles' | 'partners';

const OF_CALLS = ['fresh', 'changed', 'opened', 'baseline'] as const satisfies readonly Counted[];

/** The contents of each kind. Deadlines are counted only as reminders. */
type Lists = Record<(typeof OF_CALLS)[number], CallItem[]> & { deadlines: Message['reminders'] } & Record<
    'answers' | 'troubles' | 'partners',
    readonly unknown[]
  >;

function listsOf(message: Message): Lists {
  const { reminders: deadlines, answers, troubles } = message;
  const partners = message.partners.flatMap((p) => p.searches);
  const { opened, inFull } = byOpening(message);
  const of = (news: ReturnType<typeof newsOf>): CallItem[] => inFull.filter((i) => newsOf(i) === news);
  return {
    fresh: of('fresh'),
    changed: of('changed'),
    opened,
    baseline: of('baseline'),
    deadlines,
    answers,
    troubles,
    partners,
  };
}

/**
 * Returns the kinds to count: calls and answers always; partner searches, deadlines and sources only if there
 * is nothing else.
 */
function kindsIn(lists: Lists): Counted[] {
  const told = (all: Counted[]): Counted[] => all.filter((c) => lists[c].length > 0);
  const news = told([...OF_CALLS, 'answers']);
  return news.length ? news : told(['partners', 'deadlines', 'troubles']);
}

/** "4 new calls, 2 changes". */
const counted = (kinds: Counted[], lists: Lists, language: Message['language']): string =>
  kinds.map((c) => translateTo(language)(`message.count.${c}`, { n: lists[c].length })).join(', ');

export function whatIsIn(message: Message): string {
  const lists = listsOf(message);
  return counted(kindsIn(lists), lists, message.language);
}

/** The subject: short, and precise about what cannot wait. */
export function subjectOf(message: Message): string {
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
  const news = kindsIn(lists).slice(0, MOST_COUNTED);
  const said: Counted[] =
    lists.deadlines.length && news.length < MOST_COUNTED && !news.includes('deadlines')
      ? [...news, 'deadlines']
      : news;
  // A date is read as belonging to what is counted before it.
  const calls = OF_CALLS.flatMap((of) => (said.includes(of) ? lists[of] : []));
  return line(
    message,
    counted(said, lists, language),
    nextDeadline(message, calls, said.includes('deadlines') ? lists.deadlines : []),
  );
}

/** "Carnot Europe: 4 new calls for LISA, next deadline 3 Nov"; null parts are left out. */
function line(message: Message, what: string, deadline: string | null): string {
  const t = translateTo(message.language);
  const [begun, of] = [t('message.subject.line', { what }), whose(message)];
  const said =
    of === null
      ? begun
      : t('message.subject.for', { line: begun, whose: nameIn(of, 'name', message.language) });
  return deadline === null ? said : t('message.subject.next', { line: said, deadline });
}

/** Names the best call that can still be answered and when it closes, or the number of calls if none can. */
function bestOf({ items, language, now }: Message): string {
  const t = translateTo(language);
  const best = items.find(({ call }) => isAnswerable(call.deadlines, now));
  if (!best) return t('message.subject.first', { n: items.length });
  const title = shortened(titleOf(best.call).replace(SAMPLE_PREFIX, ''), LONGEST_BEST);
  const next = comingAndPassed(best.call.deadlines, now).coming[0];
  const closes = next && t('message.subject.closes', { date: shortDate(next.at, now, language) });
  const named = closes ? `${title} (${closes})` : title;
  return items.length > 1 ? t('message.subject.others', { title: named, n: items.length - 1 }) : named;
}

/** Whether there is time to start a proposal; a second stage admits only applicants of the first. */
function isAnswerable(deadlines: Deadline[], now: Date): boolean {
  const next = comingAndPassed(deadlines, now).coming[0];
  return next ? next.kind !== 'stage-2' && daysLeft(now, next.at) >= LEAST_DAYS : deadlines.length === 0;
}

function whose({ follows, language }: Message): string | null {
  const [first, ...others] = follows;
  if (!first) return null;
  const name = shortened(shortName(first.name), LONGEST_NAME);
  return others.length ? translateTo(language)('message.following', { name, n: others.length }) : name;
}

/** Calls of one kind share a mark; the planner has put the most serious one first. */
function urgentSubject(message: Message): string {
  const { items, language } = message;
  const t = translateTo(language);
  const first = items[0]!;
  const title = shortened(titleOf(first.call), LONGEST_TITLE);
  const said = items.length === 1 ? title : t('message.subject.more', { title, n: items.length - 1 });
  const closes = items.length === 1 ? closing(first, message) : null;
  return `[${markOf(first, message)}] ${said}${closes === null ? '' : ` — ${closes}`}`;
}

export const markOf = (item: CallItem, { language, now }: Message): string =>
  urgencyWords(item, language, now) ?? translateTo(language)(`message.badge.${newsOf(item)}`);

/** Says when the call closes, as news if the date has moved; null for a withdrawn call. */
function closing({ call, urgency, changes }: CallItem, { language, now }: Message): string | null {
  const t = translateTo(language);
  const next = comingAndPassed(call.deadlines, now).coming[0];
  if (!next || urgency === 'withdrawn') return null;
  if (urgency !== 'brought-forward' && urgency !== 'extended-late')
    return t('message.subject.closes', { date: shortDate(next.at, now, language) });
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
  const standing = items.filter(
    (i) => i.urgency !== 'withdrawn' && !i.changes.some((c) => c.kind === 'withdrawn'),
  );
  const all = [...standing.flatMap((i) => i.call.deadlines), ...reminders.map((r) => r.deadline)];
  const next = comingAndPassed(all, now).coming[0];
  return next ? shortDate(next.at, now, language) : null;
}
