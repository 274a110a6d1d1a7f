import type { Deadline } from '../call/call-content.js';
import { comingAndPassed, shortDate } from './deadline.js';
import { newsOf, titleOf, urgencyWords, shortName } from './item-view.js';
import type { CallItem, Message } from './message.js';
import { messageWords } from './message-words-in.js';
import type { Counted } from './message-words.js';
import { byOpening } from './openings.js';
import { shortened } from './one-line.js';

/** Stays the same in every language, so that a rule in a mail program can catch it. */
const SAMPLE_PREFIX = '[SAMPLE] ';
/** Phones show some forty characters of a subject, and what is urgent is in its front. */
const LONGEST_NAME = 40;
const LONGEST_TITLE = 80;
const MOST_COUNTED = 2;

/** How many of each there are. A deadline is counted where it is a reminder. */
function countsOf(message: Message): Record<Counted, number> {
  const { reminders, answers, troubles } = message;
  const of = (kind: Counted): number => itemsOf(message, [kind]).length;
  return {
    fresh: of('fresh'), changed: of('changed'), opened: of('opened'), stood: of('stood'), deadlines: reminders.length, answers: answers.length, troubles: troubles.length,
  };
}

/** The calls that are counted as one of these. */
function itemsOf(message: Message, kinds: Counted[]): CallItem[] {
  const { opened, inFull } = byOpening(message);
  return [...(kinds.includes('opened') ? opened : []), ...inFull.filter((i) => kinds.includes(newsOf(i)))];
}

/** What is counted: calls and answers always; deadlines, and then sources, where there is nothing else. */
function kindsIn(message: Message): Counted[] {
  const counts = countsOf(message);
  const told = (all: Counted[]): Counted[] => all.filter((c) => counts[c] > 0);
  const news = told(['fresh', 'changed', 'opened', 'stood', 'answers']);
  return news.length ? news : [...told(['deadlines']), ...told(['troubles'])];
}

/** "4 new calls, 2 changes". */
function counted(message: Message, kinds: Counted[]): string {
  const [words, counts] = [messageWords(message.language), countsOf(message)];
  return kinds.map((c) => words.count[c](counts[c])).join(', ');
}

export const whatIsIn = (message: Message): string => counted(message, kindsIn(message));

/** What stands first in a list of messages: short, and precise about what cannot wait. */
export function subjectOf(message: Message): string {
  return (message.sample ? SAMPLE_PREFIX : '') + (message.kind === 'urgent' && message.items.length ? urgentSubject(message) : listSubject(message));
}

function listSubject(message: Message): string {
  const { subject } = messageWords(message.language);
  const { kind, items, reminders } = message;
  if (kind === 'first') return subject.line(items.length ? subject.first(items.length) : subject.nothingFits, whose(message), nextDeadline(message, items, []));
  const news = kindsIn(message).slice(0, MOST_COUNTED);
  const said: Counted[] = reminders.length && news.length < MOST_COUNTED && !news.includes('deadlines') ? [...news, 'deadlines'] : news;
  // The date is read as that of what is counted before it.
  return subject.line(counted(message, said), whose(message), nextDeadline(message, itemsOf(message, said), said.includes('deadlines') ? reminders : []));
}

function whose({ follows, language }: Message): string | null {
  const [first, ...others] = follows;
  if (!first) return null;
  const name = shortened(shortName(first.name), LONGEST_NAME);
  return others.length ? messageWords(language).following(name, others.length) : name;
}

/** Calls of one kind share their mark; the gravest stands first, as the planner has put them. */
function urgentSubject(message: Message): string {
  const { items, language } = message;
  const { subject } = messageWords(language);
  const first = items[0]!;
  const title = shortened(titleOf(first.call), LONGEST_TITLE);
  const said = items.length === 1 ? title : subject.more(title, items.length - 1);
  return subject.urgent(markOf(first, message), said, items.length === 1 ? closing(first, message) : null);
}

export const markOf = (item: CallItem, { language, now }: Message): string => urgencyWords(item, language, now) ?? messageWords(language).badge[newsOf(item)];

/** When it closes, told as news where that has moved; nothing of a call that is gone. */
function closing({ call, urgency, changes }: CallItem, { language, now }: Message): string | null {
  const { subject } = messageWords(language);
  const next = comingAndPassed(call.deadlines, now).coming[0];
  if (!next || urgency === 'withdrawn') return null;
  if (urgency !== 'brought-forward' && urgency !== 'extended-late') return subject.closes(shortDate(next.at, now, language));
  return subject.now(shortDate((moved(changes, now) ?? next).at, now, language));
}

/** The next of the deadlines that were not there before: of two stages the second alone may have moved. */
function moved(changes: CallItem['changes'], now: Date): Deadline | undefined {
  const last = changes.filter((c) => c.kind === 'forward' || c.kind === 'extended').at(-1);
  const before = new Set(((last?.from ?? []) as Deadline[]).map((d) => d.at));
  return comingAndPassed(((last?.to ?? []) as Deadline[]).filter((d) => !before.has(d.at)), now).coming[0];
}

/** A withdrawn call has no deadline any more that one would work to. */
function nextDeadline({ language, now }: Message, items: CallItem[], reminders: Message['reminders']): string | null {
  const standing = items.filter((i) => i.urgency !== 'withdrawn' && !i.changes.some((c) => c.kind === 'withdrawn'));
  const all = [...standing.flatMap((i) => i.call.deadlines), ...reminders.map((r) => r.deadline)];
  const next = comingAndPassed(all, now).coming[0];
  return next ? shortDate(next.at, now, language) : null;
}
