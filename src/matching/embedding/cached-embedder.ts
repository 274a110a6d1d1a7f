import { textHash } from '../domain/embedding/text-hash.js';
import type { EmbeddedText, Embedder } from '../../kernel/ports.js';
import type { EmbeddingRepository } from '../store/embedding.repository.js';

/** A model with stored vectors, which reads each text only once. */
export class CachedEmbedder implements Embedder {
  readonly model: string;

  constructor(
    private readonly embedder: Embedder,
    private readonly embeddings: EmbeddingRepository,
  ) {
    this.model = embedder.model;
  }

  async embed(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<Float32Array[]> {
    await this.fill(texts, signal);
    const hashes = texts.map(textHash);
    const vectors = await this.embeddings.find(this.model, hashes);
    return hashes.map((hash) => vectors.get(hash)!);
  }

  /** Has the model read those of these texts that have no vector yet, and stores the results. */
  async fill(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const byHash = new Map(texts.map((text) => [textHash(text), text]));
    const missing = [...(await this.embeddings.missing(this.model, [...byHash.keys()]))];
    const vectors = await this.embedder.embed(
      missing.map((hash) => byHash.get(hash)!),
      signal,
    );
    await this.embeddings.store(this.model, new Map(missing.map((hash, i) => [hash, vectors[i]!])));
  }
}
