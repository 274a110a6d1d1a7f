import { Inject, Injectable } from '@nestjs/common';
import { RelatedTopics } from '../funded-projects/related-topics.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { StudiedCalls } from './store/studied-calls.js';

/** The most calls whose lineage is asked for, and the most topics of them all. */
const [MOST_CALLS, MOST_TOPICS] = [200, 1_500];

/**
 * The topics that open calls continue or are close to: of those that institutes study, then of those that fit
 * one best. Calls for any subject are left out: thousands won there, with nothing in common.
 */
@Injectable()
export class LineageTopics {
  constructor(
    private readonly studied: StudiedCalls,
    private readonly related: RelatedTopics,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns them after those that the operator names. */
  async all(named: readonly string[]): Promise<string[]> {
    const topics = new Set(named);
    const { minScore } = this.settings.digest;
    for (const call of await this.studied.orFitting(minScore, this.clock.now(), MOST_CALLS)) {
      if (topics.size >= MOST_TOPICS) break;
      for (const topic of await this.related.identifiers(call)) topics.add(topic);
    }
    return [...topics].slice(0, MOST_TOPICS);
  }
}
