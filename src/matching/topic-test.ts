import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../access/domain/actor.js';
import { openSchemeOf, type OpenScheme } from '../calls/domain/bottom-up.js';
import type { Found } from './domain/suggestions/search.js';
import { keptLowBy } from './domain/explanation/why-not/rules.js';
import { pastDigests } from '../notifications/domain/schedule/past-digests.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { PairRepository, type PastOfCall } from './store/pair.repository.js';
import { RecentCallRepository } from '../calls/store/recent-call.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { AskerQueue } from './asker-queue.js';
import { CallsNamed, type NamedCall } from './calls-named.js';
import type { Fresh } from './fresh-score.js';
import { Mending, type Bench } from './suggesting.js';

/** Why a call is not told. */
export type MissedBy = 'status' | 'subject' | 'exclusion' | 'addressees' | 'reading' | 'score';

/** What becomes of one topic with the profile as it is saved. */
export interface TestedTopic {
  named: NamedCall;
  call: CallEntity | null;
  score: number;
  /** told: it was, in `notification` · would-be-told: in the digest of `at`, null where it is not known since when there was the call. */
  outcome: 'told' | 'would-be-told' | 'missed' | 'unknown';
  at: Date | null;
  notification: string | null;
  missed: {
    by: MissedBy;
    scheme: OpenScheme | null;
    over: Date | null;
    fresh: Fresh;
    mend: Found | null;
  } | null;
}

export interface TopicsAsked {
  profile: Profile;
  topics: string[];
  now: Date;
}
interface Known {
  bench: Bench;
  past: Map<string, PastOfCall>;
  digests: Map<string, Date>;
}

const unknown = (named: NamedCall): TestedTopic => ({
  named,
  call: null,
  score: 0,
  outcome: 'unknown',
  at: null,
  notification: null,
  missed: null,
});

/** Tests a profile by topics that its institute works on anyway: whether it would have been told of them, and else what to change. */
@Injectable()
export class TopicTest {
  private readonly asked = new AskerQueue();

  constructor(
    private readonly named: CallsNamed,
    private readonly recent: RecentCallRepository,
    private readonly pairs: PairRepository,
    private readonly mending: Mending,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** One at a time for each who asks, until they are gone. Writes nothing. */
  run({ profile, topics, now }: TopicsAsked, by: Actor, gone: AbortSignal): Promise<TestedTopic[]> {
    return this.asked.run(by, gone, async (signal) => {
      const named = await this.named.find(topics);
      const calls = await this.recent.byIds(named.flatMap((n) => n.call?.id ?? []));
      const known = await this.known(profile, [...calls.keys()], now, signal);
      const tested: TestedTopic[] = [];
      for (const one of named) {
        const call = one.call && calls.get(one.call.id);
        tested.push(call ? await this.tested(one, call, known) : unknown(one));
      }
      return tested;
    });
  }

  private async known(profile: Profile, ids: string[], now: Date, signal: AbortSignal): Promise<Known> {
    const bench = await this.mending.bench(profile, ids, now, signal);
    const past = await this.pairs.past(profile.id, [...new Set([...bench.passing, ...ids])]);
    const since = [...past].filter(([id, p]) => bench.passing.has(id) && !p.openToAll && !p.stood);
    const seen = since.map(([id, { seen: at, over }]) => ({
      id,
      score: bench.ranked.get(id)!.score,
      seen: at,
      over,
    }));
    return { bench, past, digests: pastDigests(seen, this.settings.digest, this.settings.digest.maxItems) };
  }

  private async tested(
    named: NamedCall,
    call: CallEntity,
    { bench, past, digests }: Known,
  ): Promise<TestedTopic> {
    const [of, score] = [past.get(call.id)!, bench.ranked.get(call.id)?.score ?? 0];
    const topic: TestedTopic = { ...unknown(named), call, score };
    if (of.told) return { ...topic, outcome: 'told', ...of.told };
    const scheme = openSchemeOf(call.content);
    const passes = scheme === null && score >= this.settings.digest.minScore;
    if (passes && (of.stood || digests.has(call.id)))
      return { ...topic, outcome: 'would-be-told', at: digests.get(call.id) ?? null };
    // No word of the profile stops it: there is none to change.
    const settled = scheme !== null || passes;
    const { fresh, mend } = settled
      ? {
          fresh: {
            match: null,
            score,
            freed: score,
            exclusions: [],
            addressed: null,
            nearest: [],
            reading: null,
          },
          mend: null,
        }
      : await this.mending.of(call, bench);
    const by =
      scheme !== null
        ? 'subject'
        : passes
          ? 'status'
          : (keptLowBy({ ...fresh, least: this.settings.digest.minScore }) ?? 'score');
    return { ...topic, outcome: 'missed', missed: { by, scheme, over: of.over, fresh, mend } };
  }
}
