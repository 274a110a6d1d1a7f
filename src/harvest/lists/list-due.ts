import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../kernel/jobs.js';
import type { Clock } from '../../kernel/ports.js';
import { SourceListRepository } from '../store/source-list.repository.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import { CLOCK } from '../../platform/tokens.js';
import { ListTopics } from './list-topics.js';
import { Sources } from '../sources.js';

/** Schedules the sources' own lists, and the topics that only they show. */
@Injectable()
export class ListDue implements DueCheck {
  constructor(
    private readonly sources: Sources,
    private readonly lists: SourceListRepository,
    private readonly topics: ListTopics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    const able = this.sources.all.filter((s) => s.list !== undefined).map((s) => s.id);
    await this.lists.ensure(able, now);
    const begun = await this.beginDetails(able, now);
    return [...begun, ...(await this.lists.due(able, now)).map((sourceId) => job('list', { sourceId }))];
  }

  /** Runs even if no topic must be read: the list also has the notes on all topics. */
  private async beginDetails(able: string[], now: Date): Promise<NextJob[]> {
    const jobs: NextJob[] = [];
    for (const id of await this.lists.detailsDue(able, now)) {
      const runId = await this.lists.beginDetails(
        id,
        await this.topics.requests(this.sources.get(id), now),
        now,
      );
      if (runId) jobs.push(job('advance', { runId }));
    }
    return jobs;
  }
}
