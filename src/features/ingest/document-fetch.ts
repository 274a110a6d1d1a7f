import { Inject, Injectable } from '@nestjs/common';
import { Postponed } from '../../domain/errors.js';
import type { Clock } from '../../domain/ports.js';
import type { HarvestRequestEntity } from '../../persistence/entities/harvest-request.entity.js';
import { DocumentRepository } from '../../persistence/repositories/document.repository.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { ConditionalFetch } from './conditional-fetch.js';
import { goneInstead } from './gone-page.js';
import { RunReader } from './run-reader.js';
import type { Source } from './source-registry.js';

/** One document, from the source's address to the database. */
@Injectable()
export class DocumentFetch {
  constructor(
    private readonly conditional: ConditionalFetch,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly documents: DocumentRepository,
    private readonly reader: RunReader,
    private readonly runs: RunRepository,
  ) {}

  /** Throws where the source is out of reach, and where what it answered is not what its parser knows. */
  async fetch(source: Source, { id, runId, key, request }: HarvestRequestEntity): Promise<void> {
    const { mediaType, bytes, answer } = await this.conditional.fetch(source, request).catch(async (error: unknown) => {
      // A host may want more time between two requests than a run may stand still.
      if (error instanceof Postponed) await this.runs.waits(runId, new Date(this.clock.now().getTime() + error.waitMs));
      return goneInstead(request, error);
    });
    // The bytes are kept before they are read: those that break the parser are the ones that are needed most.
    const hash = await this.documents.put(mediaType, bytes, this.clock.now());
    try {
      this.reader.parse(source, hash, { key, mediaType, bytes });
    } catch (error) {
      await this.conditional.forget(source, request);
      await this.runs.rejected(id, hash, error instanceof Error ? error.message : String(error));
      throw error;
    }
    await this.conditional.remember(source, request, hash, answer);
    await this.runs.answered(id, hash, this.clock.now());
  }
}
