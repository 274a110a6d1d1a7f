import { grouped } from '../../../kernel/grouping.js';
import type { SentMessage, SentItem } from '../../../notifications/store/notification-log.repository.js';
import { checkForward, type ForwardCheck, type ForwardFacts, type TrueEvent } from './forward.js';
import { spreadOf, type Spread } from '../../../kernel/spread.js';
import { announcedTwice, type AnnouncedTwice } from './twice.js';
import { weeksSent, type Weeks } from './weeks.js';

const KINDS = ['first', 'digest', 'urgent'] as const;
type ByKind<T> = Record<(typeof KINDS)[number], T>;

/** What a replay sent, and whether it was correct. */
export interface Summary {
  days: { from: string; to: string };
  profiles: number;
  messages: ByKind<number> & { all: number; notSent: number };
  weeks: Weeks;
  /** The calls in messages. */
  calls: ByKind<Spread>;
  reminders: Spread;
  held: { items: number; profiles: number };
  forward: ForwardCheck;
  twice: AnnouncedTwice[];
  items: { written: number; dropped: Record<string, number>; waiting: Waiting };
}

/**
 * What is still waiting at the end: since the last digest, for lack of space in it, or although it was due at
 * once.
 */
interface Waiting {
  all: number;
  sinceTheDigest: number;
  leftOver: number;
  atOnce: number;
}

function waitingOf(items: SentItem[], messages: SentMessage[]): Waiting {
  const waiting = items.filter((n) => n.state === 'waiting');
  const digests = new Map(messages.filter((m) => m.kind !== 'urgent').map((m) => [m.recipientId, m]));
  const leftOver = waiting.filter(
    (n) => n.place === 'digest' && n.madeAt <= (digests.get(n.recipientId)?.at ?? new Date(0)),
  );
  const atOnce = waiting.filter((n) => n.place === 'now');
  return {
    all: waiting.length,
    sinceTheDigest: waiting.length - leftOver.length - atOnce.length,
    leftOver: leftOver.length,
    atOnce: atOnce.length,
  };
}

/** By kind and reason: a call that was never announced differs from an end that was not. */
function droppedOf(items: SentItem[]): Record<string, number> {
  const dropped = grouped(
    items.filter((n) => n.state === 'dropped'),
    (n) => [`${n.kind}: ${n.why ?? 'no reason'}`],
  );
  return Object.fromEntries([...dropped].map(([why, all]) => [why, all.length]));
}

const byKind = <T>(messages: SentMessage[], of: (messages: SentMessage[]) => T): ByKind<T> =>
  Object.fromEntries(KINDS.map((kind) => [kind, of(messages.filter((m) => m.kind === kind))])) as ByKind<T>;

/** Counts the reminded deadlines of calls that the same message does not announce anyway. */
function remindersIn(messages: SentMessage[], items: SentItem[]): number[] {
  const shown = new Map(messages.map((m) => [m.id, new Set(m.items.map((i) => i.callId))]));
  const calls = new Map(messages.map((m) => [m.id, new Set<string>()]));
  for (const n of items)
    if (n.kind === 'deadline' && !shown.get(n.notificationId!)?.has(n.callId!))
      calls.get(n.notificationId!)?.add(n.callId!);
  return messages.filter((m) => m.kind === 'digest').map((m) => calls.get(m.id)!.size);
}

/** Summarises what was sent over some days to the contacts of these institutes. */
export function summaryOf(
  days: { from: string; to: string },
  profiles: string[],
  truth: TrueEvent[],
  facts: ForwardFacts,
): Summary {
  const { messages, items } = facts;
  const held = items.filter((n) => n.held);
  return {
    days,
    profiles: profiles.length,
    messages: {
      all: messages.length,
      ...byKind(messages, (of) => of.length),
      notSent: messages.filter((m) => m.state !== 'sent').length,
    },
    weeks: weeksSent(messages, profiles, days),
    calls: byKind(messages, (of) => spreadOf(of.map((m) => m.items.length))),
    reminders: spreadOf(remindersIn(messages, items)),
    held: { items: held.length, profiles: new Set(held.map((n) => n.recipientId)).size },
    forward: checkForward(truth, facts),
    twice: announcedTwice(messages, items),
    items: {
      written: items.filter((n) => n.state === 'written').length,
      dropped: droppedOf(items),
      waiting: waitingOf(items, messages),
    },
  };
}
