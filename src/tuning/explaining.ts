import { Inject, Injectable } from '@nestjs/common';
import { openSchemeOf, statusAt } from '../calls/domain/index.js';
import type { WhyNotFacts } from './domain/why-not/facts.js';
import type { Profile } from '../profiles/domain/index.js';
import { type CallEntity, CallRepository } from '../calls/store/index.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { CallsNamed, type NamedCall } from './calls-named.js';
import { FreshScore, type Fresh } from './fresh-score.js';
import { ContactStandings } from './contact-standings.js';

/** One institute and one call, as they stand to each other at this moment. */
export interface Explained {
  call: CallEntity;
  fresh: Fresh;
  facts: WhyNotFacts;
}

/** The call that a text names; null where it names several, or none: then with what it may have meant. */
export interface Wanted extends Pick<NamedCall, 'candidates' | 'nearest'> {
  call: CallEntity | null;
}

/** Why an institute is told of a call, or is not: for any pair of them, also one that was never matched. */
@Injectable()
export class Explaining {
  constructor(
    private readonly named: CallsNamed,
    private readonly calls: CallRepository,
    private readonly fresh: FreshScore,
    private readonly standings: ContactStandings,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** `wanted` is the id of a call or what else names one. */
  async find(wanted: string): Promise<Wanted> {
    const [named] = await this.named.find([wanted]);
    return {
      call: named?.call ? await this.calls.find(named.call.id) : null,
      candidates: named?.candidates ?? [],
      nearest: named?.nearest ?? [],
    };
  }

  /** What was decided is for those `inside` alone. */
  async of(profile: Profile, call: CallEntity, inside: boolean, now: Date): Promise<Explained> {
    const [fresh, announced] = [
      await this.fresh.of(profile, call),
      await this.standings.of(profile.id, call),
    ];
    const status = statusAt(call, now);
    return {
      call,
      fresh,
      facts: {
        ...announced,
        verdict: inside ? announced.verdict : null,
        status,
        passed: status === 'closed' ? call.lastDeadlineAt : null,
        scheme: openSchemeOf(call.content),
        score: fresh.score,
        freed: fresh.freed,
        exclusions: fresh.exclusions,
        addressed: fresh.addressed,
        nearest: fresh.nearest,
        // That something was decided is for those inside alone.
        reading: fresh.reading === 'decided' && !inside ? 'unread' : fresh.reading,
        least: this.settings.digest.minScore,
        room: this.settings.digest.maxItems,
      },
    };
  }
}
