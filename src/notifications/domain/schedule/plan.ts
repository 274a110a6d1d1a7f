import type { CallContent, Deadline } from '../../../calls/domain/call-content.js';
import { type Change, KINDS_OF_CHANGE, type NotifiableEvent } from '../../../calls/domain/versions/diff.js';
import { withoutBoilerplate } from '../../../calls/domain/versions/text-diff.js';
import type { FollowKind } from '../content/message.js';
import { isNews, urgencyOfChanges, urgencyOfMatch, type Urgency } from '../preferences/choice.js';
import type { Place } from './next-message.js';
import { fitsEnough, type FitWithThreshold, type Preferences } from '../preferences/preferences.js';

/** A subscription; `profiles` are the institutes through which it announces calls, null for all. */
export interface Followed {
  kind: FollowKind;
  target: string;
  baselineSeq: bigint;
  profiles: string[] | null;
}

/** A call in its state when items are planned. */
export interface KnownCall {
  id: string;
  firstSeq: bigint;
  deadlines: CallContent['deadlines'];
  /** Closed or withdrawn. */
  over: boolean;
  bottomUp: boolean;
  /**
   * Its scores for the followed profiles that it fits at all, which of them rejected it and work on no bid
   * either, and for which a language model found it unwanted, without anybody there having taken it on.
   */
  fits: (FitWithThreshold & { profileId: string; no: boolean; unwanted: boolean })[];
  searches: string[];
  /**
   * The last version announced to this reader, as new or as changed; null if none. `waits`: its announcement
   * as new is pending.
   */
  announced: { version: number; waits: boolean } | null;
}

/** Everything that decides what one reader receives. */
export interface RecipientFacts {
  /** Institutes whose internal information they may see, such as whom an institute asked, and the answers. */
  inside: string[];
  follows: Followed[];
  preferences: Preferences;
  /** The minimum score of announced calls, for institutes whose decisions have not moved their threshold. */
  least: number;
  /** Proposals whose answer they receive by a separate e-mail, since they asked. */
  answered: ReadonlySet<string>;
  calls: Map<string, KnownCall>;
  /** The calls that an institute of theirs studies or works on a bid for. */
  studied: ReadonlySet<string>;
  /** By the key of the change. */
  changes: Map<string, Change[]>;
}

export interface NewNotificationItem {
  key: string;
  kind: 'call' | 'change' | 'answer' | 'source' | 'partners' | 'questions';
  callId: string | null;
  version: number | null;
  about: string | null;
  place: Place;
  urgency: Urgency | null;
}

const covers = (follow: Followed, profileId: string): boolean =>
  (follow.kind === 'profile' || follow.kind === 'group') &&
  (follow.profiles === null || follow.profiles.includes(profileId));

const follows = ({ follows: all }: RecipientFacts, kind: FollowKind, target: string): boolean =>
  all.some((f) => f.kind === kind && f.target === target);

const wanted = (call: KnownCall, recipient: RecipientFacts): KnownCall['fits'] =>
  call.bottomUp ? [] : call.fits.filter((f) => fitsEnough(f, recipient) && !f.no);

/**
 * Returns the item for a call that fits a followed profile and is new to the reader: first seen since, or
 * fitting because it changed.
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

/** Returns the item for a new call that a search finds. */
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

/** Whether these changes bring back a call that was over, so that nobody may have been told of it as new. */
const bringBack = (changes: Change[], now: Date): boolean =>
  changes.some(({ kind, field, from }) => {
    const last = field === 'deadlines' ? (from as Deadline[] | null)?.at(-1) : undefined;
    const isBack = kind === 'reappeared' || (field === 'sourceStatus' && from === 'closed');
    return isBack || (last !== undefined && Date.parse(last.at) <= now.getTime());
  });

/** Returns the item for a call that is back, new to the reader, and was over before it could be announced. */
function ofReturn(
  event: NotifiableEvent,
  call: KnownCall,
  recipient: RecipientFacts,
  now: Date,
): NewNotificationItem | null {
  const fit = wanted(call, recipient).find((f) =>
    recipient.follows.some((one) => covers(one, f.profileId) && call.firstSeq > one.baselineSeq),
  );
  if (!fit || call.over || call.announced) return ofSearch(event, call, recipient);
  return newItem(`call/${call.id}`, 'call', event, urgencyOfMatch(fit.score, call.deadlines, now), recipient);
}

function ofChange(
  event: NotifiableEvent,
  call: KnownCall,
  recipient: RecipientFacts,
  now: Date,
): NewNotificationItem | null {
  const all = recipient.changes.get(event.key) ?? [];
  const followed = follows(recipient, 'call', call.id);
  // A pending announcement will show the call in its then current state; who studies it knows it already.
  const shown = call.announced?.waits && !recipient.studied.has(call.id);
  if (!followed && (shown || !concerns(event, call, all, recipient)))
    return bringBack(all, now) ? ofReturn(event, call, recipient, now) : null;
  // Last, because it compares texts.
  const changes = withoutBoilerplate(all);
  if (!isNews(changes, call)) return null;
  return newItem(event.key, 'change', event, urgencyOfChanges(changes, now), recipient);
}

/**
 * Whether a change concerns a call announced to them, one that their institute studies however it found it,
 * or an older one that fits and requires action.
 */
function concerns(
  event: NotifiableEvent,
  call: KnownCall,
  changes: Change[],
  recipient: RecipientFacts,
): boolean {
  const studied = recipient.studied.has(call.id);
  const said = !studied && call.fits.length > 0 && call.fits.every((f) => f.no || f.unwanted);
  // Someone who only follows single calls has ended the subscription behind the others.
  if (call.announced || studied)
    return (
      !said &&
      event.version! > (call.announced?.version ?? 0) &&
      recipient.follows.some((f) => f.kind !== 'call')
    );
  const fits = wanted(call, recipient).some((fit) =>
    recipient.follows.some((f) => covers(f, fit.profileId) && call.firstSeq <= f.baselineSeq),
  );
  return fits && changes.some((c) => 'needsAction' in KINDS_OF_CHANGE[c.kind]);
}

/**
 * Returns the item for an answer: for followers of the institute that asked who may see its internal
 * information, except the person who asked.
 */
const ofAnswer = (event: NotifiableEvent, recipient: RecipientFacts): NewNotificationItem | null =>
  !recipient.answered.has(event.about!) &&
  recipient.inside.includes(event.profileId!) &&
  recipient.follows.some((f) => covers(f, event.profileId!) && f.kind === 'profile')
    ? newItem(event.key, 'answer', event, null, recipient)
    : null;

/** Returns the item for new partner searches: only for followers of the call, and always in the digest. */
const ofPartners = (
  event: NotifiableEvent,
  call: KnownCall,
  recipient: RecipientFacts,
): NewNotificationItem | null =>
  follows(recipient, 'call', call.id) && !call.over
    ? { ...newItem(event.key, 'partners', event, null, recipient), place: 'digest' }
    : null;

/** Returns the item for news of questions: for institutes that study the call, and always in the digest. */
const ofQuestions = (
  event: NotifiableEvent,
  call: KnownCall,
  recipient: RecipientFacts,
): NewNotificationItem | null =>
  recipient.preferences.questions && recipient.studied.has(call.id) && !call.over
    ? { ...newItem(event.key, 'questions', event, null, recipient), place: 'digest' }
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

/** Readers inside an institute hear of the score that its decisions change, all others of the shared one. */
const isFor = ({ inside, profileId }: NotifiableEvent, recipient: RecipientFacts): boolean =>
  inside === null || inside === recipient.inside.includes(profileId!);

function itemFor(event: NotifiableEvent, recipient: RecipientFacts, now: Date): NewNotificationItem | null {
  if (!isFor(event, recipient)) return null;
  if (event.kind === 'answer') return ofAnswer(event, recipient);
  if (event.kind === 'source')
    return recipient.follows.length ? newItem(event.key, 'source', event, null, recipient) : null;
  const call = recipient.calls.get(event.callId!);
  if (!call) return null;
  if (event.kind === 'partners') return ofPartners(event, call, recipient);
  if (event.kind === 'questions') return ofQuestions(event, call, recipient);
  if (event.kind === 'match') return ofMatch(event, call, recipient, now);
  return event.kind === 'call' ? ofSearch(event, call, recipient) : ofChange(event, call, recipient, now);
}

/**
 * Plans what one reader receives of these events, in order and without duplicates. What is not announced is
 * not stored: other preferences make other items of the same events.
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
