import type { INestApplicationContext } from '@nestjs/common';
import type { Clock } from '../../kernel/ports.js';
import { ADVANCE, HarvestJob } from '../../harvest/harvest.job.js';
import { LIST, ListJob } from '../../harvest/lists/list.job.js';
import type { HarvestRunEntity } from '../../harvest/store/harvest-run.entity.js';
import { RunRepository } from '../../harvest/store/run.repository.js';
import { say } from '../../platform/say.js';
import { Queues } from '../../platform/queue/queues.js';

const LOOK_MS = 40;

/** A clock set by the replay. */
export class ReplayClock implements Clock {
  at = new Date(0);
  now(): Date {
    return this.at;
  }
}

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, LOOK_MS);
  });

/** Harvests whose end is waited for. */
export class Harvests {
  constructor(private readonly app: INestApplicationContext) {}

  /** Runs one harvest until it ends, whatever the result; continues a run that a killed process began. */
  async toTheEnd(sourceId: string, day: string): Promise<HarvestRunEntity> {
    const { run, jobs } = await this.app.get(HarvestJob).begin(sourceId);
    await this.app.get(Queues).add(jobs);
    return this.ended(run.id, day);
  }

  async ended(runId: string, day: string): Promise<HarvestRunEntity> {
    for (;;) {
      const now = (await this.app.get(RunRepository).findById(runId))!;
      if (now.endedAt && now.state !== 'accepted')
        say(`  ${day}: ${now.kind === 'full' ? '' : `${now.kind} `}${now.state}, ${now.reason}`);
      if (now.endedAt) return now;
      await pause();
    }
  }

  /**
   * Reads the portal's own list when due, and the topics found only there. A failed attempt is repeated at
   * the next visit.
   */
  async ownLists(day: string): Promise<void> {
    const [due, queues] = [this.app.get(ListJob), this.app.get(Queues)];
    const readings = (await due.due()).filter((j) => j.name === LIST.name);
    await queues.add(readings);
    if (readings.length) await this.idle();
    const begun = await due.due();
    await queues.add(begun);
    for (const { name, data } of begun) if (name === ADVANCE.name) await this.ended(data['runId']!, day);
  }

  private async idle(): Promise<void> {
    for (;;) {
      const counts = (await this.app.get(Queues).counts())['harvest'];
      if (!counts || (!counts.waiting && !counts.delayed && !counts.active)) return;
      await pause();
    }
  }
}
