import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { brusselsDate } from '../calls/domain/index.js';
import { job } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { decided, isOvertaken, undone, type Decision, type Reviewed } from './domain/decision.js';
import { type CallEntity, CallRepository } from '../calls/store/index.js';
import { reviewedOf, ReviewRepository } from './store/review.repository.js';
import { invalid } from '../platform/api/problem.js';
import { Queues } from '../platform/queue/queues.js';
import { CLOCK } from '../platform/tokens.js';
import { verdictView, type VerdictView } from './api/inbox-views.js';

/** Who decided what since; what they said stays as it is. */
function saidSince({ verdict, reason, verdictBy }: Reviewed): string {
  if (verdict === null) return 'Someone has withdrawn the decision on this call since. Nothing was changed.';
  const said = {
    relevant: 'relevant',
    study: 'to be studied',
    later: 'put off',
    not: `not for the institute${reason === null ? '' : ` (${reason})`}`,
  }[verdict];
  return `${verdictBy ?? 'Someone'} has decided since that this call is ${said}. Nothing was changed.`;
}

/**
 * Whoever triages decides on one call after the other: the calls are ranked anew once that pauses, or as
 * often.
 */
const QUIET_MS = 3_000;

/** What an institute decides about calls, and which calls its people have opened. */
@Injectable()
export class Verdicts {
  constructor(
    private readonly reviews: ReviewRepository,
    private readonly calls: CallRepository,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How a call stands at an institute. */
  async standing(profileId: string, callId: string): Promise<VerdictView & { seenVersion: number | null }> {
    const row = await this.reviews.find(profileId, callId);
    return { ...verdictView(reviewedOf(row)), seenVersion: row?.seenVersion ?? null };
  }

  /** Whether the call changed since the institute opened it or decided on it. */
  changed(profileId: string, callId: string): Promise<boolean> {
    return this.reviews.hasChanged(profileId, callId);
  }

  /** Somebody of the institute, who may change something there, has the call before them in this version. */
  async markSeen(profileId: string, callId: string, version: number): Promise<void> {
    await this.reviews.markSeen(profileId, callId, version, this.clock.now());
  }

  /** Marks a call as opened in its present version. Throws where there is no such call. */
  async open(profileId: string, callId: string): Promise<VerdictView & { seenVersion: number | null }> {
    await this.markSeen(profileId, callId, (await this.call(callId)).version);
    return this.standing(profileId, callId);
  }

  /**
   * Decides; said again it changes nothing. A call is put off until a day to come (400). Throws where there
   * is no such call, and where somebody decided since the verdict that was looked at (409).
   */
  async decide(actor: Actor, profileId: string, callId: string, decision: Decision): Promise<VerdictView> {
    const { version } = await this.call(callId);
    if (decision.until !== null && decision.until <= brusselsDate(this.clock.now()))
      throw invalid([{ path: ['until'], message: 'must be a day to come' }]);
    const by = { name: actor.name, at: this.clock.now().toISOString() };
    return this.change(profileId, callId, (standing) => {
      if (isOvertaken(standing, decision)) throw new ConflictException(saidSince(standing));
      return decided(standing, decision, version, by);
    });
  }

  /**
   * Brings back what stood before the last decision; done again it changes nothing. With `decidedAt` only
   * where that decision still stands: else somebody has decided since, and theirs is not undone by mistake
   * (409).
   */
  async undo(profileId: string, callId: string, decidedAt?: string): Promise<VerdictView> {
    await this.call(callId);
    return this.change(profileId, callId, (standing) => {
      const same = decidedAt === undefined || standing.previous === null || standing.verdictAt === decidedAt;
      if (!same) throw new ConflictException(saidSince(standing));
      return undone(standing);
    });
  }

  /** What is decided is taken up in the pipeline, and counts for the ranking of other calls too. */
  private async change(
    profileId: string,
    callId: string,
    next: (standing: Reviewed) => Reviewed,
  ): Promise<VerdictView> {
    const reviewed = await this.reviews.decide(profileId, callId, next);
    await this.queues.hurry([job('take-up', { profileId })]);
    await this.queues.hurry([job('match', { profileId })], QUIET_MS);
    return verdictView(reviewed);
  }

  private async call(id: string): Promise<CallEntity> {
    const call = await this.calls.find(id);
    if (!call) throw new NotFoundException(`There is no call ${id}.`);
    return call;
  }
}
