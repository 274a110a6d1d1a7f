import { Inject, Injectable } from '@nestjs/common';
import type { Embedder } from '../../kernel/ports.js';
import { EMBEDDER } from '../../platform/tokens.js';
import { EmbeddingProgressRepository, EmbeddingRepository, type Serving } from './embedding.repository.js';

/**
 * The vectors that matching uses if there is an external model. Matching never waits for it: texts it has not
 * read have no vectors.
 */
@Injectable()
export class VectorStore {
  /** The operator's model; null if there is none. */
  readonly model: string | null;

  constructor(
    private readonly embeddings: EmbeddingRepository,
    private readonly progress: EmbeddingProgressRepository,
    @Inject(EMBEDDER) embedder: Embedder | null,
  ) {
    this.model = embedder?.model ?? null;
  }

  /**
   * Returns the model in use: the operator's, or the one before until the new one has read everything; null
   * if the built-in one is used.
   */
  async serving(): Promise<Serving | null> {
    return this.model === null ? null : this.progress.serving(this.model);
  }

  /** Returns a model's vectors of those texts it has read, by textHash. */
  vectorsOf(model: string, hashes: readonly string[]): Promise<Map<string, Float32Array>> {
    return this.embeddings.findByHashes(model, hashes);
  }
}
