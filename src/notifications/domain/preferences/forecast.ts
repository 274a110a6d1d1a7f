import type { Steps } from '../../../matching/domain/index.js';
import { digestTimes, nextMessage, sentAtOnce, type Place, type Standing } from '../schedule/next-message.js';
import { lastSlot, nextSlot } from '../schedule/digest-times.js';
import type { Preferences } from './preferences.js';
import { DAY_MS } from '../../../kernel/durations.js';

/** What goes on for one reader, as a forecast goes through it. */
export interface Course<W extends { place: Place; callId: string | null }> {
  /** When something happens, in their order. */
  moments: Date[];
  /** What is to be told of what happens at one of them. */
  advance(at: Date): W[];
  /**
   * What a message would tell of what waits: whether there is anything, and what of it waits on. Of what is
   * urgent something goes each time, told or not.
   */
  send(kind: 'digest' | 'urgent', waiting: W[], now: Date): { announced: boolean; left: W[] };
}

/** A message that would have been. */
export interface Sent {
  kind: 'digest' | 'urgent';
  at: Date;
}

/**
 * The messages that a course would make between two moments, by the one planner: each as it happens, digests
 * at their dates. A step is a moment or a date.
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

/** One reader on their way through time. */
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

  /** Does all that the planner says, as the sender does from tick to tick. */
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
    // The planner asks for the last day's.
    standing.written = [...standing.written.filter((at) => now.getTime() - at.getTime() < 2 * DAY_MS), now];
    this.sent.push({ kind, at: now });
  }
}
