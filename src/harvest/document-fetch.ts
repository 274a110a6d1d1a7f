import { ConditionalFetch } from './conditional-fetch.js';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { DocumentRepository } from './store/document.repository.js';
import { CLOCK } from '../platform/tokens.js';
import type { Source } from './source-registry.js';
import { Postponed } from '../kernel/errors.js';
import type { HarvestRequestEntity } from './store/harvest-run.entity.js';
import { RunRepository } from './store/run.repository.js';
import { RunReader } from './runs/run-reader.js';
import { sourceStateOf } from './source-state.js';
import { goneInstead, wanting } from './placeholder-document.js';

@Injectable()
export class DocumentFetch {
  constructor(
    private readonly conditional: ConditionalFetch,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly documents: DocumentRepository,
    private readonly reader: RunReader,
    private readonly runs: RunRepository,
  ) {}

  /** Throws if the source is unreachable, or if its parser does not recognise the answer. */
  async fetch(source: Source, { id, runId, key, request }: HarvestRequestEntity): Promise<void> {
    const { mediaType, bytes, answer } = await this.conditional
      .fetch(source, request)
      .catch(async (error: unknown) => {
        // A host may demand a longer gap between two requests than a run may be idle.
        if (error instanceof Postponed)
          await this.runs.waits(runId, new Date(this.clock.now().getTime() + error.waitMs));
        return goneInstead(request, error);
      });
    // The bytes are stored before they are parsed: the ones that break the parser are needed most.
    const hash = await this.documents.put(mediaType, bytes, this.clock.now());
    try {
      await this.reader.parse(source, hash, { key, mediaType, bytes });
    } catch (error) {
      await this.conditional.forget(source, request);
      await this.runs.rejected(id, hash, error instanceof Error ? error.message : String(error));
      throw error;
    }
    await this.conditional.remember(source, request, hash, answer);
    await this.runs.answered(id, hash, this.clock.now());
  }

  /**
   * Goes on without a document after all tries have failed. Returns whether that is allowed: only for a
   * request with `aside` that failed on the source's side.
   */
  async doWithout({ id, request }: HarvestRequestEntity, error: Error): Promise<boolean> {
    if (!request.aside || sourceStateOf(error) === null) return false;
    const { mediaType, bytes } = wanting(request, error);
    const hash = await this.documents.put(mediaType, bytes, this.clock.now());
    await this.runs.answered(id, hash, this.clock.now());
    return true;
  }
}
