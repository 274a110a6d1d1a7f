import { Inject, Injectable } from '@nestjs/common';
import type { Embedder } from '../../kernel/ports.js';
import { EMBEDDER } from '../../platform/tokens.js';
import { EmbeddingProgressRepository, type Serving } from './embedding-progress.repository.js';
import { EmbeddingRepository } from './embedding.repository.js';

/**
 * The vectors by which the matching goes where there is an external model. It is never waited for: what it
 * has not read yet is not there.
 */
@Injectable()
export class VectorStore {
  /** The operator's model; null where there is none. */
  readonly model: string | null;

  constructor(
    private readonly embeddings: EmbeddingRepository,
    private readonly progress: EmbeddingProgressRepository,
    @Inject(EMBEDDER) embedder: Embedder | null,
  ) {
    this.model = embedder?.model ?? null;
  }

  /**
   * The model that serves: the operator's, or the one before it as long as the new one has not read
   * everything; null where the built-in one serves.
   */
  async serving(): Promise<Serving | null> {
    return this.model === null ? null : this.progress.serving(this.model);
  }

  /** The vectors that a model made of those of these texts that it has read, by textHash. */
  vectorsOf(model: string, hashes: readonly string[]): Promise<Map<string, Float32Array>> {
    return this.embeddings.find(model, hashes);
  }
}
