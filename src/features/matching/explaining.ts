import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { openSchemeOf } from '../../domain/call/open-to-all.js';
import { statusAt } from '../../domain/call/status.js';
import type { WhyNotFacts } from '../../domain/matching/why-not/facts.js';
import type { Profile } from '../../domain/profile/profile.js';
import type { CallEntity } from '../../persistence/entities/call.entity.js';
import { CallRepository } from '../../persistence/repositories/call.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { invalid } from '../../platform/api/problem.js';
import { CallsNamed } from './calls-named.js';
import { FreshScore, type Fresh } from './fresh-score.js';
import { Telling } from './telling.js';

/** One institute and one call, as they stand to each other at this moment. */
export interface Explained { call: CallEntity; fresh: Fresh; facts: WhyNotFacts }

/** Why an institute is told of a call, or is not: for any pair of them, also one that was never matched. */
@Injectable()
export class Explaining {
  constructor(
    private readonly named: CallsNamed,
    private readonly calls: CallRepository,
    private readonly fresh: FreshScore,
    private readonly telling: Telling,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** `wanted` is the id of a call or what else names one; 404 where nothing is known by it. What was decided is for those `inside` alone. */
  async of(profile: Profile, wanted: string, inside: boolean, now: Date): Promise<Explained> {
    const call = await this.call(wanted);
    const [fresh, told] = [await this.fresh.of(profile, call), await this.telling.of(profile.id, call)];
    const status = statusAt(call, now);
    return {
      call, fresh,
      facts: {
        ...told, verdict: inside ? told.verdict : null, status, passed: status === 'closed' ? call.lastDeadlineAt : null, scheme: openSchemeOf(call.content),
        score: fresh.score, freed: fresh.freed, exclusions: fresh.exclusions, lost: fresh.lost, nearest: fresh.nearest, least: this.settings.digest.minScore, room: this.settings.digest.maxItems,
      },
    };
  }

  private async call(wanted: string): Promise<CallEntity> {
    const [found] = await this.named.find([wanted]);
    const call = found?.call && (await this.calls.find(found.call.id));
    if (call) return call;
    const { candidates = [], nearest = [] } = found ?? {};
    if (candidates.length) throw invalid([{ path: ['call'], message: `names ${candidates.length} calls: ask for one by its id (${candidates.slice(0, 5).map((c) => c.id).join(', ')})` }]);
    throw new NotFoundException(`No call is known by "${wanted}".${nearest.length ? ` Did you mean ${nearest.join(', ')}?` : ''}`);
  }
}
