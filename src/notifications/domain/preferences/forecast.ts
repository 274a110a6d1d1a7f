import type { Steps } from '../../../kernel/time-slices.js';
import { digestTimes, nextMessage, sentAtOnce, type Place, type Standing } from '../schedule/next-message.js';
import { lastSlot, nextSlot, type Preferences } from './preferences.js';
import { DAY_MS } from '../../../kernel/durations.js';

/** The course of events for one reader, as replayed by a forecast. */
export interface Course<W extends { place: Place; callId: string | null }> {
  /** When something happens, in order. */
  moments: Date[];
  /** Returns the items to announce from one of these times. */
  advance(at: Date): W[];
  /**
   * Returns whether a message about waiting items has content, and which items stay. An urgent one always
   * settles something.
   */
  send(kind: 'digest' | 'urgent', waiting: W[], now: Date): { announced: boolean; left: W[] };
}

export interface Sent {
  kind: 'digest' | 'urgent';
  at: Date;
}

/**
 * Simulates the messages between two points in time with the real planner: urgent ones as events happen,
 * digests on their dates. A step is an event or a date.
 */
export function* forecast<W extends { place: Place; callId: string | null }>(
  course: Course<W>,
  preferences: Preferences,
  from: Date,
  to: Date,
): Steps<Sent[]> {
  const walk = new Walk(course, preferences, from);
  const coming = course.moments.filter((at) => at >= from && at < to);
  for (
    let slot = nextSlot(from, digestTimes(preferences));
    ;
    slot = nextSlot(slot, digestTimes(preferences))
  ) {
    while (coming[0] && coming[0] < slot) {
      walk.advance(coming.shift()!);
      yield;
    }
    if (slot >= to) return walk.sent;
    walk.act(slot);
    yield;
  }
}

/** One reader's walk through time. */
class Walk<W extends { place: Place; callId: string | null }> {
  readonly sent: Sent[] = [];
  private readonly standing: Omit<Standing, 'waiting'> & { waiting: W[] };

  constructor(
    private readonly course: Course<W>,
    private readonly preferences: Preferences,
    from: Date,
  ) {
    this.standing = {
      waiting: [],
      lastDigestDueAt: lastSlot(from, digestTimes(preferences)),
      pausedUntil: null,
      written: [],
    };
  }

  advance(at: Date): void {
    this.standing.waiting.push(...this.course.advance(at));
    this.act(at);
  }

  /** Does what the planner says, as the sender does at each tick. */
  act(now: Date): void {
    const { standing } = this;
    for (
      let next = nextMessage(standing, this.preferences, now);
      next;
      next = nextMessage(standing, this.preferences, now)
    ) {
      if (next.kind === 'hold')
        standing.waiting = standing.waiting.map((w) => ({ ...w, place: 'digest' as const }));
      else this.message(next.kind, now);
      if (next.kind === 'digest') standing.lastDigestDueAt = next.slot;
    }
  }

  private message(kind: Sent['kind'], now: Date): void {
    const { standing } = this;
    const due = kind === 'digest' ? standing.waiting : sentAtOnce(standing.waiting);
    const { announced, left } = this.course.send(kind, due, now);
    standing.waiting = [...standing.waiting.filter((w) => !due.includes(w)), ...left];
    if (!announced) return;
    // The planner only needs the last day.
    standing.written = [...standing.written.filter((at) => now.getTime() - at.getTime() < 2 * DAY_MS), now];
    this.sent.push({ kind, at: now });
  }
}
