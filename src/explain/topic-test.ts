import { Inject, Injectable } from '@nestjs/common';
import { inTimeSlices } from '../kernel/time-slices.js';
import {
  callFinder,
  lostOf,
  nearIdentifiers,
  type Resolved,
  topicLine,
} from '../spreadsheets/domain/find-call.js';
import { SheetImportRepository } from '../spreadsheets/store/sheet-import.repository.js';
import { type Actor, seesAllInside } from '../kernel/actor.js';
import { type OpenScheme, openSchemeOf } from '../calls/domain/bottom-up.js';
import { urgencyOfMatch } from '../notifications/domain/preferences/choice.js';
import { pastDigests } from '../notifications/domain/preferences/preferences.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { RecentCallRepository } from '../calls/store/call.repository.js';
import type { Found } from './domain/suggestions/suggestions.js';
import { keptLowBy } from './domain/why-not/rules.js';
import { PairRepository, type PastOfCall } from './store/pair.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { Ranking } from '../matching/ranking.js';
import { PerUserQueue } from './per-user-queue.js';
import type { Fresh } from './fresh-score.js';
import { type Bench, SuggestionSearch } from './suggesting.js';

/** Similar identifiers are looked up for at most this many unknown ones. */
const MOST_NEAR = 50;

/** A text that names a call, and the call it names. */
export interface NamedCall extends Resolved {
  topic: string;
}

/**
 * Finds the calls that people name, in the same way as the import of a sheet: by our key, identifier, address
 * or title.
 */
@Injectable()
export class CallsNamed {
  constructor(private readonly stored: SheetImportRepository) {}

  async findByTopics(topics: string[]): Promise<NamedCall[]> {
    const lines = topics.flatMap((topic, i) => topicLine(i, topic) ?? []);
    const calls = await this.stored.named(lines);
    const lost = await inTimeSlices(lostOf(lines, calls));
    const wanted = [...new Set(lost.flatMap((l) => l.identifiers.slice(0, 1)))].slice(0, MOST_NEAR);
    const known = await this.stored.neighbours(wanted);
    const find = callFinder(calls, new Map(wanted.map((id) => [id, nearIdentifiers(id, known)])));
    return lines.map((line) => ({ topic: topics[line.row]!, ...find(line) }));
  }
}

/** The rule that stops a call. */
type MissedBy = 'status' | 'subject' | 'exclusion' | 'addressees' | 'reading' | 'score';

/** The result for one topic with the saved profile. */
export interface TestedTopic {
  named: NamedCall;
  call: CallEntity | null;
  score: number;
  /**
   * announced: it was sent, in `notification` if that is the institute's · would-be-announced: in the message
   * of `at`, null if the publication date is unknown.
   */
  outcome: 'announced' | 'would-be-announced' | 'missed' | 'unknown';
  at: Date | null;
  notification: string | null;
  missed: {
    by: MissedBy;
    scheme: OpenScheme | null;
    over: Date | null;
    fresh: Fresh;
    suggestion: Found | null;
  } | null;
}

interface TopicsAsked {
  profile: Profile;
  topics: string[];
  now: Date;
}
type TopicTestOptions = Omit<TopicsAsked, 'topics'> & { inside: boolean };
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

/**
 * Tests a profile with topics its institute works on: whether it would have been notified, and if not, what
 * to change.
 */
@Injectable()
export class TopicTest {
  private readonly asked = new PerUserQueue();

  constructor(
    private readonly named: CallsNamed,
    private readonly recent: RecentCallRepository,
    private readonly pairs: PairRepository,
    private readonly suggestionSearch: SuggestionSearch,
    private readonly ranking: Ranking,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Returns the score from which calls are sent, as far as this reader may know. */
  async leastFor(profileId: string, by: Actor): Promise<number> {
    return this.ranking.leastFor(
      null,
      await this.ranking.learnedFor(profileId, seesAllInside(by, profileId)),
    );
  }

  /** One at a time per user, until the caller is gone. Saves nothing. */
  run({ profile, topics, now }: TopicsAsked, by: Actor, gone: AbortSignal): Promise<TestedTopic[]> {
    return this.asked.run(by, gone, async (signal) => {
      const named = await this.named.findByTopics(topics);
      const calls = await this.recent.byIds(named.flatMap((n) => n.call?.id ?? []));
      const known = await this.known(
        { profile, now, inside: seesAllInside(by, profile.id) },
        [...calls.keys()],
        signal,
      );
      const tested: TestedTopic[] = [];
      for (const one of named) {
        const call = one.call && calls.get(one.call.id);
        tested.push(call ? await this.tested(one, call, known) : unknown(one));
      }
      return tested;
    });
  }

  private async known(asked: TopicTestOptions, ids: string[], signal: AbortSignal): Promise<Known> {
    const bench = await this.suggestionSearch.bench(asked, ids, signal);
    const past = await this.pairs.past(asked.profile.id, [...new Set([...bench.passing, ...ids])]);
    const since = [...past].filter(
      ([id, p]) => bench.passing.has(id) && !p.bottomUp && !p.baseline && !p.draft,
    );
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
    const scheme = openSchemeOf(call.content);
    const passes = scheme === null && bench.passing.has(call.id);
    // Others do not learn what was sent to an institute, nor does it learn what fits another alone.
    if (of.announced && bench.inside && (of.announced.notification || passes))
      return { ...topic, outcome: 'announced', ...of.announced };
    const at = this.sentAtOnce(call, score, of) ? of.seen : (digests.get(call.id) ?? null);
    if (passes && !of.draft && (of.baseline || at))
      return { ...topic, outcome: 'would-be-announced', at: of.baseline ? null : at };
    // Nothing in the profile stops it, so there is nothing to change.
    const settled = scheme !== null || passes;
    const { fresh, suggestion } = settled
      ? {
          fresh: {
            match: null,
            score,
            least: this.ranking.leastFor(null, bench.learned),
            freed: score,
            exclusions: [],
            addressed: null,
            nearest: [],
            reading: null,
          },
          suggestion: null,
        }
      : await this.suggestionSearch.forCall(call, bench);
    const by = scheme !== null ? 'subject' : passes ? 'status' : (keptLowBy(fresh) ?? 'score');
    return { ...topic, outcome: 'missed', missed: { by, scheme, over: of.over, fresh, suggestion } };
  }

  /** Whether it would not have waited for a digest: a strong match with little time left. */
  private sentAtOnce({ content }: CallEntity, score: number, { seen }: PastOfCall): boolean {
    return this.settings.notifications.urgent && urgencyOfMatch(score, content.deadlines, seen) !== null;
  }
}
