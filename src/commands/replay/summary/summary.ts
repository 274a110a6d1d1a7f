import { DateTime } from 'luxon';
import type { INestApplicationContext } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import { grouped } from '../../../kernel/collections.js';
import {
  type KnownFit,
  NotificationLog,
  type SeenChange,
  type SentItem,
  type SentMessage,
} from '../../../notifications/store/notification.repository.js';
import { type Spread, spreadOf } from '../../../kernel/statistics.js';
import { ProfileRepository } from '../../../profiles/store/profile.repository.js';
import { type ReplayOptions, writeWhole } from '../options.js';
import { say } from '../../../platform/say.js';

/** A call's deadline that was brought forward on a day. */
interface TrueEvent {
  day: string;
  reference: string;
}

export interface ForwardFacts {
  messages: SentMessage[];
  items: SentItem[];
  fits: KnownFit[];
  seen: SeenChange[];
}

/** An institute that should hear of the event, and how it did in time; if it did not, `late` says why. */
interface DuePlan {
  profile: string;
  reference: string;
  day: string;
  by: 'urgent' | 'digest' | null;
  late: string | null;
}

interface ForwardCheck {
  events: number;
  unseen: TrueEvent[];
  over: TrueEvent[];
  ofNobody: number;
  due: number;
  inTime: number;
  byDigest: number;
  late: DuePlan[];
}

/** One cycle: the visit that saw it, or the next. */
const CYCLE_MS = 12 * HOUR_MS;
/** A change may be seen this many days later, for example if nothing could be read in between. */
const SEEN_WITHIN_DAYS = 2;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

function sourceRecordOf({ day, reference }: TrueEvent, seen: SeenChange[]): SeenChange | undefined {
  const last = dayOf(new Date(Date.parse(day) + SEEN_WITHIN_DAYS * DAY_MS));
  return seen.find((s) => s.reference === reference && dayOf(s.at) >= day && dayOf(s.at) <= last);
}

/**
 * Checks who heard of the true events in time. An event is due to each institute that had been told of the
 * call before, or was known to match it.
 */
export function checkForward(truth: TrueEvent[], facts: ForwardFacts): ForwardCheck {
  const seen = truth.map((event) => ({ event, sourceRecord: sourceRecordOf(event, facts.seen) }));
  const unseen = seen.filter((s) => !s.sourceRecord).map((s) => s.event);
  const isOver = ({ lastDeadlineAt, at }: SeenChange): boolean =>
    lastDeadlineAt !== null && lastDeadlineAt <= at;
  const open = seen.flatMap(({ event, sourceRecord }) =>
    sourceRecord && !isOver(sourceRecord) ? [{ event, sourceRecord }] : [],
  );
  const told = open.map(({ event, sourceRecord }) => dueOf(event, sourceRecord, facts));
  const all = told.flat();
  return {
    events: truth.length,
    unseen,
    over: seen.filter((s) => s.sourceRecord && isOver(s.sourceRecord)).map((s) => s.event),
    ofNobody: told.filter((t) => !t.length).length,
    due: all.length,
    inTime: all.filter((t) => t.by).length,
    byDigest: all.filter((t) => t.by === 'digest').length,
    late: all.filter((t) => !t.by),
  };
}

function dueOf({ day, reference }: TrueEvent, sourceRecord: SeenChange, facts: ForwardFacts): DuePlan[] {
  const messages = new Map(facts.messages.map((m) => [m.id, m]));
  const ofCall = grouped(
    facts.items.filter((n) => n.callId === sourceRecord.callId),
    (n) => [n.recipientId],
  );
  const profiles = new Map(facts.messages.map((m) => [m.recipientId, m.profileId!]));
  return [...profiles].flatMap(([recipient, profile]): DuePlan[] => {
    const told = (ofCall.get(recipient) ?? []).map((item) => ({
      item,
      message: messages.get(item.notificationId ?? ''),
    }));
    const fit = facts.fits.find((f) => f.callId === sourceRecord.callId && f.profileId === profile);
    const before = told.some((t) => t.item.kind === 'call' && t.message && t.message.at < sourceRecord.at);
    if (!before && !(fit && fit.since < sourceRecord.at)) return [];
    const change = told.find((t) => t.item.key === `change/${sourceRecord.callId}/${sourceRecord.version}`);
    const at =
      change?.message?.state === 'sent' ? change.message.at.getTime() - sourceRecord.at.getTime() : Infinity;
    const by =
      at <= CYCLE_MS
        ? change!.message!.kind === 'urgent'
          ? ('urgent' as const)
          : ('digest' as const)
        : null;
    return [
      { profile, reference, day, by, late: by ? null : whyLate(change?.item, told, fit, sourceRecord) },
    ];
  });
}

function whyLate(
  change: SentItem | undefined,
  told: { item: SentItem; message: SentMessage | undefined }[],
  fit: KnownFit | undefined,
  { at }: SeenChange,
): string {
  if (change?.state === 'dropped') return `dropped: ${change.why}`;
  if (change)
    return `${change.state}, as ${change.urgency ?? 'not urgent'}${change.held ? ', held back by the daily limit' : ''}`;
  const news = told.find((t) => t.item.kind === 'call');
  if (news?.message && news.message.at >= at)
    return `announced as a new call by the ${news.message.kind} of ${news.message.at.toISOString()}`;
  return news
    ? `the new call itself is ${news.item.state}${news.item.why ? `: ${news.item.why}` : ''}`
    : `never announced: the call fits with ${fit?.score?.toFixed(0) ?? 'nothing'} by now`;
}

/** Something that appears in two messages to one reader. */
interface AnnouncedTwice {
  profile: string;
  what: 'the same version of a call' | 'a call as new' | 'a change';
  key: string;
  messages: [string, string];
}

/**
 * Returns what a reader was told twice. A message that shows a version of a call covers everything up to it,
 * so a later one may not show the same version, announce the call as new, or announce a change up to that
 * version.
 */
export function announcedTwice(messages: SentMessage[], items: SentItem[]): AnnouncedTwice[] {
  const settled = new Map<string, SentItem[]>();
  for (const n of items)
    if (n.notificationId && n.callId)
      settled.set(n.notificationId, [...(settled.get(n.notificationId) ?? []), n]);
  const shown = new Map<string, { version: number; message: string }>();
  return messages.flatMap((message) =>
    message.items.flatMap(({ callId, version }): AnnouncedTwice[] => {
      const place = `${message.recipientId}/${callId}`;
      const earlier = shown.get(place);
      shown.set(place, { version: Math.max(version, earlier?.version ?? 0), message: message.id });
      if (!earlier) return [];
      const twice = (what: AnnouncedTwice['what'], key: string): AnnouncedTwice => ({
        profile: message.profileId!,
        what,
        key,
        messages: [earlier.message, message.id],
      });
      const of = (settled.get(message.id) ?? []).filter((n) => n.callId === callId);
      return [
        ...(version <= earlier.version
          ? [twice('the same version of a call', `call/${callId}/${version}`)]
          : []),
        ...of.filter((n) => n.kind === 'call').map((n) => twice('a call as new', n.key)),
        ...of
          .filter((n) => n.kind === 'change' && n.version! <= earlier.version)
          .map((n) => twice('a change', n.key)),
      ];
    }),
  );
}

/** What an institute's contact got in the week that starts on that Monday. */
interface ProfileWeek {
  profile: string;
  week: string;
  first: number;
  digest: number;
  urgent: number;
}

interface Weeks {
  /** Counts only full weeks of the replay, or all if there are none; without first messages. */
  counted: string[];
  all: Spread;
  digest: Spread;
  urgent: Spread;
  each: ProfileWeek[];
}

const mondayOf = (day: DateTime): DateTime => day.startOf('week');

/** Returns the Mondays of the weeks that these days touch, and whether each week is complete. */
function weeksOf(from: string, to: string): { week: string; whole: boolean }[] {
  const [first, last] = [DateTime.fromISO(from, { zone: 'utc' }), DateTime.fromISO(to, { zone: 'utc' })];
  const weeks = [];
  for (let monday = mondayOf(first); monday <= last; monday = monday.plus({ weeks: 1 })) {
    weeks.push({ week: monday.toISODate()!, whole: monday >= first && monday.plus({ days: 6 }) <= last });
  }
  return weeks;
}

/** Counts messages by institute and week, including weeks without any. */
export function weeksSent(
  messages: SentMessage[],
  profiles: string[],
  { from, to }: { from: string; to: string },
): Weeks {
  const weeks = weeksOf(from, to);
  const each = new Map(
    profiles.flatMap((profile) =>
      weeks.map(({ week }): [string, ProfileWeek] => [
        `${profile}/${week}`,
        { profile, week, first: 0, digest: 0, urgent: 0 },
      ]),
    ),
  );
  for (const { profileId, kind, at } of messages) {
    const of = each.get(`${profileId}/${mondayOf(DateTime.fromJSDate(at, { zone: 'utc' })).toISODate()}`);
    if (of) of[kind] += 1;
  }
  const whole = weeks.filter((w) => w.whole);
  const counted = (whole.length ? whole : weeks).map((w) => w.week);
  const rows = [...each.values()].filter((w) => counted.includes(w.week));
  return {
    counted,
    each: [...each.values()],
    all: spreadOf(rows.map((w) => w.digest + w.urgent)),
    digest: spreadOf(rows.map((w) => w.digest)),
    urgent: spreadOf(rows.map((w) => w.urgent)),
  };
}

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

const Line = z.object({ day: z.iso.date(), kind: z.string(), reference: z.string() });

/** Reads the events about deadlines brought forward. */
function eventsBroughtForward(file: string, { from, to }: { from: string; to: string }): TrueEvent[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => Line.parse(JSON.parse(line)));
  return lines.filter((l) => l.kind === 'forward' && l.day > from && l.day <= to);
}

const spread = ({ median, p90, most, mean }: Spread): string =>
  `median ${median ?? '-'}, 90th percentile ${p90 ?? '-'}, most ${most ?? '-'}, mean ${mean ?? '-'}`;
const late = ({ day, reference, profile, late: why }: DuePlan): string =>
  `    not in time: ${day} ${reference} to ${profile}: ${why}`;

function print(
  { messages, weeks, calls, reminders, held, forward, twice, items, profiles }: Summary,
  truth: string,
): void {
  const { waiting } = items;
  [
    `  messages: ${messages.all} to ${profiles} profiles (${messages.first} first, ${messages.digest} digests, ${messages.urgent} urgent), ${messages.notSent} not sent`,
    `  per profile and week, over ${weeks.counted.length} weeks without first messages: ${spread(weeks.all)}`,
    `    digests: ${spread(weeks.digest)}`,
    `    urgent: ${spread(weeks.urgent)}`,
    `  calls in a first message: ${spread(calls.first)}`,
    `    in a digest: ${spread(calls.digest)}, with reminders: ${spread(reminders)}`,
    `    in an urgent message: ${spread(calls.urgent)}`,
    `  held back by the daily limit: ${held.items} items to ${held.profiles} profiles`,
    `  forward: ${forward.events} events by ${truth}, ${forward.due} recipient deliveries due, ${forward.inTime} in time (${forward.byDigest} of them in a digest); ${forward.unseen.length} not seen, ${forward.over.length} over by then, ${forward.ofNobody} of no profile`,
    ...forward.late.map(late),
    `  told twice: ${twice.length}`,
    ...twice.map((t) => `    ${t.profile}: ${t.what}, ${t.key}, in ${t.messages.join(' and ')}`),
    `  items: ${items.written} announced, ${Object.values(items.dropped).reduce((a, b) => a + b, 0)} dropped, ${waiting.all} wait (${waiting.sinceTheDigest} since the last digest, ${waiting.leftOver} had no room in it, ${waiting.atOnce} to be sent at once)`,
    ...Object.entries(items.dropped).map(([why, n]) => `    dropped ${n}: ${why}`),
  ].forEach(say);
}

/** Prints what was sent over the replayed days, and writes it next to the e-mails as `summary.json`. */
export async function reportNotifications(
  app: INestApplicationContext,
  { truth, eventsFile, notify }: ReplayOptions,
  days: { from: string; to: string },
  folder: string,
): Promise<void> {
  const log = app.get(NotificationLog);
  const profiles = (await app.get(ProfileRepository).findAll()).map((p) => p.id);
  const facts = {
    messages: await log.messages(),
    items: await log.items(),
    fits: await log.fits(),
    seen: await log.changes('forward'),
  };
  const summary = summaryOf(days, profiles, eventsBroughtForward(truth ?? eventsFile, days), facts);
  print(summary, truth ?? 'what the replay found');
  writeWhole(
    join(folder, 'summary.json'),
    `${JSON.stringify({ notify, truth: truth ?? eventsFile, ...summary }, null, 2)}\n`,
  );
}
