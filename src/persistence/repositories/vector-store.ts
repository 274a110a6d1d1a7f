import { Inject, Injectable } from '@nestjs/common';
import { textHash } from '../../domain/embedding/text-hash.js';
import type { Embedder, EmbeddedText } from '../../domain/ports.js';
import { EMBEDDER } from '../../platform/tokens.js';
import { EmbeddingProgressRepository } from './embedding-progress.repository.js';
import { EmbeddingRepository } from './embedding.repository.js';

/** The vectors that the operator's own model has made so far. It is never waited for: what it has not read yet is not there. */
@Injectable()
export class VectorStore {
  /** The model whose vectors these are; null where the operator brought none. */
  readonly model: string | null;

  constructor(
    private readonly embeddings: EmbeddingRepository,
    private readonly progress: EmbeddingProgressRepository,
    @Inject(EMBEDDER) embedder: Embedder | null,
  ) {
    this.model = embedder?.model ?? null;
  }

  /** The vectors of those of these texts that have one, by textHash. */
  async vectorsOf(texts: readonly EmbeddedText[]): Promise<Map<string, Float32Array>> {
    return this.model === null ? new Map() : this.embeddings.find(this.model, texts.map(textHash));
  }

  /** Grows when vectors were added, some hundreds at a time and once all are there; together with `model` it says whether matches are made of what there is. */
  async lastEmbedded(): Promise<number> {
    return this.model === null ? 0 : this.progress.told();
  }
}
