import {
  type CallContent,
  type Change,
  type ChangeKind,
  type NotifiableEvent,
  withoutBoilerplate,
} from '../../../calls/domain/index.js';
import type { FollowKind } from '../content/message.js';
import { isNews } from '../events/news.js';
import type { Place } from './next-message.js';
import { urgencyOfChanges, urgencyOfMatch, type Urgency } from '../events/urgency.js';
import type { Preferences } from '../preferences/preferences.js';

/**
 * What somebody follows; `profiles` are the institutes by whose profile it tells of calls, null for all there
 * are.
 */
export interface Followed {
  kind: FollowKind;
  target: string;
  baselineSeq: bigint;
  profiles: string[] | null;
}

/** A call as it stands when it is decided what is told of it. */
export interface KnownCall {
  id: string;
  firstSeq: bigint;
  deadlines: CallContent['deadlines'];
  /** Closed or withdrawn. */
  over: boolean;
  bottomUp: boolean;
  /**
   * How well it fits the profiles that are followed, where it fits at all, and which of them said no to it.
   */
  fits: { profileId: string; score: number; no: boolean }[];
  /** The searches followed that find it. */
  searches: string[];
  /**
   * The last version that this reader was told of, as new or as changed, null where they were not; whether it
   * waits to be told as new.
   */
  announced: { version: number; waits: boolean } | null;
}

/** All that decides what one reader is told of. */
export interface RecipientFacts {
  /**
   * The institutes of whose inside they may know: whom an institute asked, and what they answered, stays
   * inside it.
   */
  inside: string[];
  follows: Followed[];
  preferences: Preferences;
  /** The score from which on a call is told. */
  least: number;
  /** Proposals whose answer they get by a mail of its own, since they asked. */
  answered: ReadonlySet<string>;
  calls: Map<string, KnownCall>;
  /** By the key of a change. */
  changes: Map<string, Change[]>;
}

/** What is told of an event. */
export interface NewNotificationItem {
  key: string;
  kind: 'call' | 'change' | 'answer' | 'source' | 'partners';
  callId: string | null;
  version: number | null;
  about: string | null;
  place: Place;
  urgency: Urgency | null;
}

/**
 * Of a call that somebody was never told of, since it stood there before them, but that fits, these are told:
 * they move when something is to be done.
 */
const OF_BASELINE: ChangeKind[] = ['forward', 'extended', 'withdrawn', 'opened', 'reappeared'];

const covers = (follow: Followed, profileId: string): boolean =>
  (follow.kind === 'profile' || follow.kind === 'group') &&
  (follow.profiles === null || follow.profiles.includes(profileId));

const follows = ({ follows: all }: RecipientFacts, kind: FollowKind, target: string): boolean =>
  all.some((f) => f.kind === kind && f.target === target);

const wanted = (call: KnownCall, { least }: RecipientFacts): KnownCall['fits'] =>
  call.bottomUp ? [] : call.fits.filter((f) => f.score >= least && !f.no);

/**
 * A call that fits a profile followed, and is new to whoever follows it: first seen since, or fitting by what
 * it says now.
 */
function ofMatch(
  event: NotifiableEvent,
  call: KnownCall,
  recipient: RecipientFacts,
  now: Date,
): NewNotificationItem | null {
  const fit = wanted(call, recipient).find((f) => f.profileId === event.profileId);
  const isNew = recipient.follows.some(
    (f) => covers(f, event.profileId!) && (event.byCall || call.firstSeq > f.baselineSeq),
  );
  if (!fit || !isNew || call.over || call.announced) return null;
  return newItem(`call/${call.id}`, 'call', event, urgencyOfMatch(fit.score, call.deadlines, now), recipient);
}

/** A new call that a search finds. */
function ofSearch(
  event: NotifiableEvent,
  call: KnownCall,
  recipient: RecipientFacts,
): NewNotificationItem | null {
  const found = recipient.follows.some(
    (f) => f.kind === 'search' && call.searches.includes(f.target) && call.firstSeq > f.baselineSeq,
  );
  return found && !call.over && !call.announced
    ? newItem(`call/${call.id}`, 'call', event, null, recipient)
    : null;
}

function ofChange(
  event: NotifiableEvent,
  call: KnownCall,
  recipient: RecipientFacts,
  now: Date,
): NewNotificationItem | null {
  const all = recipient.changes.get(event.key) ?? [];
  const followed = follows(recipient, 'call', call.id);
  // Whoever is to hear of the call hears of it as it is by then.
  if (!followed && (call.announced?.waits || !concerns(event, call, all, recipient))) return null;
  // Last, since texts are compared for it.
  const changes = withoutBoilerplate(all);
  if (!isNews(changes, call)) return null;
  return newItem(event.key, 'change', event, urgencyOfChanges(changes, now), recipient);
}

/**
 * Whether a change is of a call that they were told, or of one that stood there before them, fits, and now
 * asks for something.
 */
function concerns(
  event: NotifiableEvent,
  call: KnownCall,
  changes: Change[],
  recipient: RecipientFacts,
): boolean {
  const said = call.fits.length > 0 && call.fits.every((f) => f.no);
  // Who follows single calls alone has left what told them of the others.
  if (call.announced)
    return (
      !said && event.version! > call.announced.version && recipient.follows.some((f) => f.kind !== 'call')
    );
  const fits = wanted(call, recipient).some((fit) =>
    recipient.follows.some((f) => covers(f, fit.profileId) && call.firstSeq <= f.baselineSeq),
  );
  return fits && changes.some((c) => OF_BASELINE.includes(c.kind));
}

/**
 * An answer is told to whoever follows the institute that asked, and may know of its inside; not again to
 * whoever asked.
 */
const ofAnswer = (event: NotifiableEvent, recipient: RecipientFacts): NewNotificationItem | null =>
  !recipient.answered.has(event.about!) &&
  recipient.inside.includes(event.profileId!) &&
  recipient.follows.some((f) => covers(f, event.profileId!) && f.kind === 'profile')
    ? newItem(event.key, 'answer', event, null, recipient)
    : null;

/**
 * New partner searches are told to those alone who follow the call itself, and wait for the digest whatever
 * one wants at once.
 */
const ofPartners = (
  event: NotifiableEvent,
  call: KnownCall,
  recipient: RecipientFacts,
): NewNotificationItem | null =>
  follows(recipient, 'call', call.id) && !call.over
    ? { ...newItem(event.key, 'partners', event, null, recipient), place: 'digest' }
    : null;

function newItem(
  key: string,
  kind: NewNotificationItem['kind'],
  { callId, version, about }: NotifiableEvent,
  urgency: Urgency | null,
  { preferences }: RecipientFacts,
): NewNotificationItem {
  const atOnce = preferences.frequency === 'at-once' || (urgency !== null && preferences.urgent);
  return { key, kind, callId, version, about, place: atOnce ? 'now' : 'digest', urgency };
}

function itemFor(event: NotifiableEvent, recipient: RecipientFacts, now: Date): NewNotificationItem | null {
  if (event.kind === 'answer') return ofAnswer(event, recipient);
  if (event.kind === 'source')
    return recipient.follows.length ? newItem(event.key, 'source', event, null, recipient) : null;
  const call = recipient.calls.get(event.callId!);
  if (!call) return null;
  if (event.kind === 'partners') return ofPartners(event, call, recipient);
  if (event.kind === 'match') return ofMatch(event, call, recipient, now);
  return event.kind === 'call' ? ofSearch(event, call, recipient) : ofChange(event, call, recipient, now);
}

/**
 * What one reader is told of what happened, in its order, each thing once. What is not told is not kept: the
 * same events, looked at with other preferences, make other items.
 */
export function plan(events: NotifiableEvent[], recipient: RecipientFacts, now: Date): NewNotificationItem[] {
  const made = new Map<string, NewNotificationItem>();
  for (const event of events) {
    const next = itemFor(event, recipient, now);
    const call = next?.callId ? recipient.calls.get(next.callId) : undefined;
    if (!next || made.has(next.key)) continue;
    made.set(next.key, next);
    if (call && (next.kind === 'call' || next.kind === 'change'))
      recipient.calls.set(call.id, {
        ...call,
        announced: { version: next.version!, waits: next.kind === 'call' || !!call.announced?.waits },
      });
  }
  return [...made.values()];
}
