import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Actor } from '../../domain/access/actor.js';
import type { Clock } from '../../domain/ports.js';
import { decided, undone, type Decision } from '../../domain/review/decision.js';
import type { CallEntity } from '../../persistence/entities/call.entity.js';
import { CallRepository } from '../../persistence/repositories/call.repository.js';
import { reviewedOf, ReviewRepository, type Sister } from '../../persistence/repositories/review.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { verdictView, type VerdictView } from './inbox-views.js';

/** What an institute decides about calls, and which calls its people have opened. */
@Injectable()
export class Verdicts {
  constructor(
    private readonly reviews: ReviewRepository,
    private readonly calls: CallRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How a call stands at an institute. */
  async standing(profileId: string, callId: string): Promise<VerdictView & { seenVersion: number | null }> {
    const row = await this.reviews.find(profileId, callId);
    return { ...verdictView(reviewedOf(row)), seenVersion: row?.seenVersion ?? null };
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

  /** Decides; said again it changes nothing. Throws where there is no such call. */
  async decide(actor: Actor, profileId: string, callId: string, decision: Decision): Promise<VerdictView> {
    const { version } = await this.call(callId);
    const by = { name: actor.name, at: this.clock.now().toISOString() };
    return verdictView(await this.reviews.decide(profileId, callId, (standing) => decided(standing, decision, version, by)));
  }

  /**
   * Brings back what stood before the last decision; done again it changes nothing. With `decidedAt` only where that decision still
   * stands: else somebody has decided since, and theirs is not undone by mistake (409).
   */
  async undo(profileId: string, callId: string, decidedAt?: string): Promise<VerdictView> {
    await this.call(callId);
    return verdictView(await this.reviews.decide(profileId, callId, (standing) => {
      const same = decidedAt === undefined || standing.previous === null || standing.verdictAt === decidedAt;
      if (!same) throw new ConflictException('Somebody has decided on this call since. Look at it again.');
      return undone(standing);
    }));
  }

  /** Other institutes that take an interest in a call: that they do, never who there, why, or what they noted. Throws where there is no such call. */
  async interest(actor: Actor, callId: string): Promise<Sister[]> {
    await this.call(callId);
    return this.reviews.interested(callId, actor.profileId);
  }

  private async call(id: string): Promise<CallEntity> {
    const call = await this.calls.find(id);
    if (!call) throw new NotFoundException(`There is no call ${id}.`);
    return call;
  }
}
