import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Fetcher } from '../../domain/ports.js';
import type { HarvestRequestEntity } from '../../persistence/entities/harvest-request.entity.js';
import { DocumentRepository } from '../../persistence/repositories/document.repository.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { SourcePace } from '../../platform/queue/source-pace.js';
import { CLOCK, FETCHER } from '../../platform/tokens.js';
import { RunReader } from './run-reader.js';
import type { Source } from './source-registry.js';

/** One document, from the source's address to the database. */
@Injectable()
export class DocumentFetch {
  constructor(
    @Inject(FETCHER) private readonly fetcher: Fetcher,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly pace: SourcePace,
    private readonly documents: DocumentRepository,
    private readonly reader: RunReader,
    private readonly runs: RunRepository,
  ) {}

  /** Throws where the source is out of reach, and where what it answered is not what its parser knows. */
  async fetch(source: Source, { id, key, request }: HarvestRequestEntity): Promise<void> {
    await this.pace.take(source.id, source.requestsPerMinute);
    const { mediaType, bytes } = await this.fetcher.fetch(new URL(request.path, source.origin), request);
    // The bytes are kept before they are read: those that break the parser are the ones that are needed most.
    const hash = await this.documents.put(mediaType, bytes, this.clock.now());
    this.reader.parse(source, hash, { key, mediaType, bytes });
    await this.runs.answered(id, hash, this.clock.now());
  }
}
