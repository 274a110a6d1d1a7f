import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import { grouped } from '../../../kernel/collections.js';
import type {
  KnownFit,
  SeenChange,
  SentMessage,
  SentItem,
} from '../../../notifications/store/notification-log.repository.js';

/** A call's deadline that was brought forward on a day. */
export interface TrueEvent {
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
export interface DuePlan {
  profile: string;
  reference: string;
  day: string;
  by: 'urgent' | 'digest' | null;
  late: string | null;
}

export interface ForwardCheck {
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
