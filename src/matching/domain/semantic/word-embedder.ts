import { LONGEST_EMBEDDED_TEXT } from '../../../kernel/ports.js';
import { unitVector } from '../../../kernel/unit-vector.js';
import type { EmbeddedText, Embedder } from '../../../kernel/ports.js';
import type { Terminology } from '../analysis/terminology.js';
import { bagOf } from './bag.js';
import type { WordVectors } from './word-vectors.js';

/**
 * The built-in model behind the common interface: a text is the sum of its words. The matcher, however, reads
 * calls field by field and with their programme, which is not part of these texts.
 */
export class WordEmbedder implements Embedder {
  readonly model: string;
  /** The average call: the vector of a text without known words. */
  private readonly usual: Float32Array;

  constructor(
    private readonly vectors: WordVectors,
    private readonly terminology: Terminology,
  ) {
    this.model = `built-in ${vectors.model}`;
    this.usual =
      unitVector(vectors.background.mean) ??
      new Float32Array(vectors.dimensions).fill(1 / Math.sqrt(vectors.dimensions));
  }

  embed(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<Float32Array[]> {
    return Promise.resolve().then(() => {
      signal?.throwIfAborted();
      return texts.map((text) => this.vector(text));
    });
  }

  private vector({ text, language }: EmbeddedText): Float32Array {
    const words = this.terminology.english(text.normalize('NFC').slice(0, LONGEST_EMBEDDED_TEXT), language);
    const features = words.map(({ stem, weight }) => ({ feature: stem, weight }));
    return this.vectors.encode(bagOf([{ features, weight: 1 }], this.vectors)) ?? this.usual;
  }
}
