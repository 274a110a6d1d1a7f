import { Inject, Injectable } from '@nestjs/common';
import { Conflict, Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import type { Author } from '../kernel/actor.js';
import { brusselsDate } from '../kernel/brussels.js';
import { CallRepository } from '../calls/store/call.repository.js';
import type { Clock } from '../kernel/ports.js';
import { decided, isOvertaken, undone, type Decision, type Reviewed } from './domain/decision.js';
import { reviewedOf, ReviewRepository } from './store/review.repository.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK } from '../platform/tokens.js';
import { TAKE_UP } from './jobs.js';
import { MATCH } from '../profiles/jobs.js';

/** Somebody has decided since; their verdict is kept. */
export function decidedSince({ verdict, reason, verdictBy }: Reviewed): Conflict {
  if (verdict === null) return new Conflict('decision-withdrawn-since');
  return new Conflict('decided-since', {
    who: verdictBy ?? 'somebody',
    verdict,
    reason: reason ?? 'none',
  });
}

/**
 * Officers decide on one call after another: reranking waits until they pause for this long, and runs at most
 * this often.
 */
const QUIET_MS = 3_000;

/** A verdict, and the version of the call that was last opened. */
type Standing = Reviewed & { seenVersion: number | null };

/** An institute's verdicts on calls, and which calls its people have opened. */
@Injectable()
export class Verdicts {
  constructor(
    private readonly reviews: ReviewRepository,
    private readonly calls: CallRepository,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async standing(profileId: string, callId: string): Promise<Standing> {
    const row = await this.reviews.findByCall(profileId, callId);
    return { ...reviewedOf(row), seenVersion: row?.seenVersion ?? null };
  }

  /** Whether the call changed since the institute last opened it or decided on it. */
  changed(profileId: string, callId: string): Promise<boolean> {
    return this.reviews.hasChanged(profileId, callId);
  }

  /** Records that somebody with write access at the institute is viewing this version of the call. */
  async markSeen(profileId: string, callId: string, version: number): Promise<void> {
    await this.reviews.markSeen(profileId, callId, version, this.clock.now());
  }

  /** Marks a call's current version as opened. Throws if there is no such call. */
  async open(profileId: string, callId: string): Promise<Standing> {
    await this.markSeen(profileId, callId, await this.versionOf(callId));
    return this.standing(profileId, callId);
  }

  /**
   * Sets a verdict; idempotent. A call can only be postponed to a future day (400). Throws if there is no
   * such call, and if somebody has decided since the verdict that was viewed (409).
   */
  async decide(
    author: Author,
    profileId: string,
    callId: string,
    decision: Decision,
    byLink = false,
  ): Promise<Reviewed> {
    const version = await this.versionOf(callId);
    if (decision.until !== null && decision.until <= brusselsDate(this.clock.now()))
      throw new Invalid([wrong(['until'], 'day-to-come')]);
    const { name, personId } = author;
    const by = { name, personId, byLink, at: this.clock.now().toISOString() };
    return this.change(profileId, callId, (standing) => {
      if (isOvertaken(standing, decision)) throw decidedSince(standing);
      return decided(standing, decision, version, by);
    });
  }

  /**
   * Restores the state before the last decision; idempotent. With `decidedAt`, only if that decision is still
   * current: otherwise somebody has decided since, and theirs is not undone by mistake (409).
   */
  async undo(profileId: string, callId: string, decidedAt?: string): Promise<Reviewed> {
    await this.versionOf(callId);
    return this.change(profileId, callId, (standing) => {
      const same = decidedAt === undefined || standing.previous === null || standing.verdictAt === decidedAt;
      if (!same) throw decidedSince(standing);
      return undone(standing);
    });
  }

  /** A verdict is taken up in the pipeline, and also counts for the ranking of other calls. */
  private async change(
    profileId: string,
    callId: string,
    next: (standing: Reviewed) => Reviewed,
  ): Promise<Reviewed> {
    const reviewed = await this.reviews.decide({ profileId, callId }, this.clock.now(), next);
    await this.queues.hurry([job(TAKE_UP, { profileId })]);
    await this.queues.hurry([job(MATCH, { profileId })], QUIET_MS);
    return reviewed;
  }

  private async versionOf(id: string): Promise<number> {
    const version = await this.calls.versionOf(id);
    if (version === null) throw new NotFound('no-call', { id });
    return version;
  }
}
