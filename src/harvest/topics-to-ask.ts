import { Inject, Injectable } from '@nestjs/common';
import { RelatedTopics } from '../funded-projects/related-topics.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import type { Source } from './source-registry.js';
import { RunRepository } from './store/run.repository.js';
import { StudiedCalls } from './store/studied-calls.js';

/** The most calls whose lineage is asked for, and the most topics of them all. */
const [MOST_CALLS, MOST_TOPICS] = [200, 1_500];

/** The topics that a source is asked for, if it answers for topics alone. */
@Injectable()
export class TopicsToAsk {
  constructor(
    private readonly studied: StudiedCalls,
    private readonly related: RelatedTopics,
    private readonly runs: RunRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the topics that the operator names, then those that institutes study or whatever came before. */
  forSource({ topics: named = [], lineage }: Source): Promise<string[]> {
    return lineage ? this.lineage(named) : this.studied.topics(named, this.clock.now());
  }

  /**
   * Whether a reading now would bring what the last one could not: a topic that an institute has begun to
   * study, or a lineage where none was known, as on the first day.
   */
  async haveCome(source: Source): Promise<boolean> {
    const last = await this.runs.lastTopics(source.id);
    if (source.lineage && last.length > 0) return false;
    const asked = new Set(last);
    return (await this.forSource(source)).some((topic) => !asked.has(topic));
  }

  /**
   * The topics that open calls continue or are close to: of those that institutes study, then of those that
   * fit one best. Calls for any subject are left out: thousands won there, with nothing in common.
   */
  private async lineage(named: readonly string[]): Promise<string[]> {
    const topics = new Set(named);
    const { minScore } = this.settings.digest;
    for (const call of await this.studied.orFitting(minScore, this.clock.now(), MOST_CALLS)) {
      if (topics.size >= MOST_TOPICS) break;
      for (const topic of await this.related.identifiers(call)) topics.add(topic);
    }
    return [...topics].slice(0, MOST_TOPICS);
  }
}
