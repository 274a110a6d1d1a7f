import { Inject, Logger } from '@nestjs/common';
import { HOUR_MS } from '../../kernel/durations.js';
import type { Clock } from '../../kernel/ports.js';
import { partnerDoubt, readingOf } from '../domain/partner-validation.js';
import type { PartnerSearches } from '../domain/source.js';
import { type BegunReading, PartnerReadingRepository } from '../store/partners/partner-reading.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import type { Source } from '../source-registry.js';
import { Sources } from '../sources.js';
import { PartnerReader, type ReadPartners } from './partner-reader.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../../platform/queue/job.js';
import { z } from 'zod';

/** A reading that has not ended after this long never will: its process was killed, so it is restarted. */
const ABANDONED_MS = 2 * HOUR_MS;

export const PARTNERS = defineJob({
  name: 'partners',
  queue: 'harvest',
  data: z.strictObject({ sourceId: z.string() }),
  rows: ofAllInstitutes('a source is read for everybody'),
});

/**
 * Reads a source's partner searches. The start is recorded in the database, so a job that runs twice reads
 * once; a reading that is incomplete or rejected changes only its own state.
 */
@Runs(PARTNERS)
export class PartnersJob implements Job<typeof PARTNERS> {
  private readonly log = new Logger('Partner searches');

  constructor(
    private readonly sources: Sources,
    private readonly readings: PartnerReadingRepository,
    private readonly reader: PartnerReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Schedules the readings of partner searches. A replay only covers harvests and never calls this. */
  async due(): Promise<NextJob[]> {
    const able = this.sources.all.filter((s) => s.partnerSearches !== undefined).map((s) => s.id);
    return (await this.readings.due(able, this.clock.now())).map((sourceId) => job(PARTNERS, { sourceId }));
  }

  async run({ sourceId }: JobData<typeof PARTNERS>): Promise<NextJob[]> {
    const source = this.sources.findById(sourceId);
    if (!source?.partnerSearches) return [];
    const now = this.clock.now();
    const begun = await this.readings.begin(sourceId, now, new Date(now.getTime() + ABANDONED_MS));
    if (begun) await this.read({ ...source, partnerSearches: source.partnerSearches }, begun);
    return [];
  }

  private async read(
    source: Source & { partnerSearches: PartnerSearches },
    begun: BegunReading,
  ): Promise<void> {
    const topics = await this.readings.topics(source.id, begun.startedAt);
    const read = await this.reader.read(source, topics);
    if (read.stopped)
      return this.inVain(source, begun, read, {
        state: 'failed',
        reason: read.stopped.message,
        refused: begun.refused,
      });
    const doubt = partnerDoubt(
      read.done,
      await this.readings.known(source.id, topics),
      begun.refused,
      this.settings.harvest,
    );
    const reading = readingOf(read.done);
    const rows = reading.searches.length + reading.unread;
    if (doubt !== null)
      return this.inVain(source, begun, read, { state: 'rejected', reason: doubt, refused: rows });
    const dueAt = new Date(begun.startedAt.getTime() + source.partnerSearches.everyHours * HOUR_MS);
    const fresh = await this.readings.accepted(source.id, begun, topics, reading, {
      now: this.clock.now(),
      dueAt,
    });
    if (fresh !== null)
      this.log.log(
        `${source.name}: ${rows} partner searches for ${topics.length} topics, ${fresh} new, ${reading.unread} could not be read`,
      );
  }

  /** The next try waits in proportion to the requests that this one used, at least an hour. */
  private async inVain(
    {
      id,
      name,
      partnerSearches: { everyHours, mostRequests },
    }: { id: string; name: string; partnerSearches: PartnerSearches },
    begun: BegunReading,
    { asked }: ReadPartners,
    outcome: { state: 'failed' | 'rejected'; reason: string; refused: number | null },
  ): Promise<void> {
    const now = this.clock.now();
    const dueAt = new Date(
      now.getTime() + Math.max(1, everyHours * Math.min(1, asked / mostRequests)) * HOUR_MS,
    );
    this.log.warn(
      `${name}: ${outcome.reason}. No partner search was changed; next try at ${dueAt.toISOString()}`,
    );
    await this.readings.inVain(id, begun, { ...outcome, dueAt }, now);
  }
}
