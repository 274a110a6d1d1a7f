import { z } from 'zod';
import { type Bag, bagOf, type FeatureSpace } from './pieces.js';
import { type EmbeddedText, type Embedder, LONGEST_EMBEDDED_TEXT } from '../../../kernel/ports.js';
import { unitVector } from '../../../kernel/unit-vector.js';
import type { Terminology } from '../analysis/terminology.js';

const Header = z.object({
  model: z.string(),
  dimensions: z.number().int().positive(),
  /** Limited because calls store feature numbers in two bytes. */
  features: z.array(z.string()).max(65_536),
});
type Header = z.infer<typeof Header>;

/** What calls are like on average, in a model's vectors: the reference for nearness. */
export interface Background {
  /** The mean of the calls' vectors, and their covariance, row by row. */
  mean: Float32Array;
  covariance: Float32Array;
}

interface VectorParts extends Header {
  weights: Float32Array;
  /** One row of `dimensions` numbers per feature. */
  rows: Float32Array;
  background: Background;
}

const COARSEST = 127;

/**
 * The shipped vectors for words (English stems) and programme marks: one row of small integers each, with the
 * row's scale. A text is the weighted sum of its features' vectors, normalised to length 1.
 */
export class WordVectors implements FeatureSpace {
  /** The weight of the least distinctive feature: a word found nearly everywhere. */
  readonly leastWeight: number;
  private readonly ids: Map<string, number>;

  private constructor(
    private readonly header: Header,
    private readonly weights: Float32Array,
    private readonly scales: Float32Array,
    private readonly rows: Int8Array,
    readonly background: Background,
  ) {
    this.leastWeight = weights.reduce((least, weight) => Math.min(least, weight), Infinity);
    this.ids = new Map(header.features.map((feature, i) => [feature, i]));
  }

  get model(): string {
    return this.header.model;
  }

  get dimensions(): number {
    return this.header.dimensions;
  }

  get features(): number {
    return this.weights.length;
  }

  idOf(feature: string): number | undefined {
    return this.ids.get(feature);
  }

  weightOf(id: number): number {
    return this.weights[id] ?? 0;
  }

  featureOf(id: number): string {
    return this.header.features[id] ?? '';
  }

  /** Returns a text's vector, of length 1; null if nothing in it is known. */
  encode({ ids, weights }: Bag): Float32Array | null {
    if (ids.length === 0) return null;
    const sum = new Float32Array(this.dimensions);
    for (let k = 0; k < ids.length; k += 1) {
      const [row, factor] = [ids[k]! * this.dimensions, weights[k]! * this.scales[ids[k]!]!];
      for (let d = 0; d < sum.length; d += 1) sum[d]! += factor * this.rows[row + d]!;
    }
    const length = Math.sqrt(sum.reduce((square, x) => square + x * x, 0));
    return length === 0 ? null : sum.map((x) => x / length);
  }

  /**
   * Returns the component of a feature of weight 1 along a vector: the weighted components of a text's
   * features sum to its similarity times its length.
   */
  along(id: number, vector: Float32Array): number {
    const row = id * this.dimensions;
    // Two independent sums, as in `dot`.
    let even = 0;
    let odd = 0;
    for (let d = 0; d < vector.length; d += 2) {
      even += this.rows[row + d]! * vector[d]!;
      if (d + 1 < vector.length) odd += this.rows[row + d + 1]! * vector[d + 1]!;
    }
    return (even + odd) * this.scales[id]!;
  }

  /** Returns how close a feature is to a vector of length 1, from -1 to 1. */
  closeness(id: number, vector: Float32Array): number {
    let square = 0;
    for (let d = id * this.dimensions; d < (id + 1) * this.dimensions; d += 1) square += this.rows[d]! ** 2;
    return square === 0 ? 0 : this.along(id, vector) / (Math.sqrt(square) * this.scales[id]!);
  }

  static fromParts({ weights, rows, background, ...header }: VectorParts): WordVectors {
    const dim = header.dimensions;
    const scales = new Float32Array(header.features.length);
    const small = new Int8Array(rows.length);
    for (let f = 0; f < scales.length; f += 1) {
      const row = rows.subarray(f * dim, (f + 1) * dim);
      const greatest = row.reduce((a, x) => Math.max(a, Math.abs(x)), 1e-12);
      scales[f] = greatest / COARSEST;
      row.forEach((x, d) => {
        small[f * dim + d] = Math.round(x / scales[f]!);
      });
    }
    return new WordVectors(header, weights, scales, small, background);
  }

  /** Returns the format that `read` expects: header length, JSON header, then the numbers, little-endian. */
  toBytes(): Uint8Array {
    const header = new TextEncoder().encode(JSON.stringify(this.header));
    const padded = new Uint8Array(Math.ceil((header.length + 4) / 4) * 4).fill(32);
    new DataView(padded.buffer).setUint32(0, padded.length - 4, true);
    padded.set(header, 4);
    const numbers = [this.weights, this.scales, this.background.mean, this.background.covariance, this.rows];
    const parts = [padded, ...numbers.map((n) => new Uint8Array(n.buffer, n.byteOffset, n.byteLength))];
    const bytes = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** Reads the bytes of `toBytes`. Throws if they are invalid or truncated. */
  static read(bytes: Uint8Array): WordVectors {
    const aligned = bytes.slice();
    const end = 4 + new DataView(aligned.buffer).getUint32(0, true);
    const header = Header.parse(JSON.parse(new TextDecoder().decode(aligned.subarray(4, end))));
    const [n, dim] = [header.features.length, header.dimensions];
    const lengths = [n, n, dim, dim * dim];
    if (aligned.length !== end + 4 * lengths.reduce((a, b) => a + b, 0) + n * dim)
      throw new Error('The file of word vectors is cut off or too long.');
    let at = end;
    const [weights, scales, mean, covariance] = lengths.map((length) => {
      at += 4 * length;
      return new Float32Array(aligned.buffer, at - 4 * length, length);
    });
    return new WordVectors(header, weights!, scales!, new Int8Array(aligned.buffer, at), {
      mean: mean!,
      covariance: covariance!,
    });
  }
}

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
