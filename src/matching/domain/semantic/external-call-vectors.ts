import type { PassagePlace } from '../embedding/texts.js';
import { unitVector } from '../../../kernel/unit-vector.js';
import type { WeightedEmbedding } from './nearness.js';

/** A vector of length 1, two bytes per number: there are many calls, with several vectors each. */
type Packed = Int16Array;
const STEPS = 32_767;
const pack = (unit: Float32Array): Packed => Int16Array.from(unit, (x) => Math.round(x * STEPS));
const near = (unit: Float32Array, packed: Packed): number => {
  let sum = 0;
  for (let d = 0; d < unit.length; d += 1) sum += unit[d]! * packed[d]!;
  return sum / STEPS;
};

/** A call as embedded by an external model: as a whole, and passage by passage. */
export interface ExternalCallVector {
  whole: Packed;
  passages: (PassagePlace & { vector: Packed })[];
}

/** With fewer calls, the usual similarity cannot be determined. */
const LEAST_CALLS = 50;
/** Calls used to measure the usual similarity; measured again when there are a tenth more calls. */
const MEASURED = 500;
const RENEW_AT = 1.1;
/** External models find most texts similar, so their spreads are small. */
const LEAST_SPREAD = 0.002;

/**
 * The calls as embedded by an external model. Nearness is measured in spreads of the usual similarity, so
 * that it can replace the nearness of the built-in model.
 */
export class ExternalCallVectors {
  private readonly calls = new Map<string, ExternalCallVector>();
  private usual: { of: number; calls: ExternalCallVector[] } = { of: 0, calls: [] };
  private embeddings = new WeakMap<Float32Array, WeightedEmbedding>();

  /** Stores a call. The vectors, one per passage, must have length 1 and the same dimensions. */
  put(id: string, passages: readonly (PassagePlace & { unit: Float32Array })[]): void {
    const sum = new Float32Array(passages[0]!.unit.length);
    for (const { unit } of passages)
      unit.forEach((x, d) => {
        sum[d]! += x;
      });
    // Opposite passages may cancel out: then the first one represents the call.
    const whole = unitVector(sum) ?? passages[0]!.unit;
    this.calls.set(id, {
      whole: pack(whole),
      passages: passages.map(({ field, start, end, unit }) => ({ field, start, end, vector: pack(unit) })),
    });
  }

  remove(id: string): void {
    this.calls.delete(id);
  }

  /** Clears everything, for the vectors of another model. */
  clear(): void {
    this.calls.clear();
    this.renew();
  }

  get(id: string): ExternalCallVector | undefined {
    return this.calls.get(id);
  }

  /** Returns the embedding of a competence's vector; null while the usual similarity is unknown. */
  embeddingFrom(unit: Float32Array): WeightedEmbedding | null {
    if (this.calls.size < LEAST_CALLS) return null;
    if (this.calls.size >= this.usual.of * RENEW_AT) this.renew();
    let embedding = this.embeddings.get(unit);
    if (!embedding) this.embeddings.set(unit, (embedding = this.measured(unit)));
    return embedding;
  }

  private measured(unit: Float32Array): WeightedEmbedding {
    const all = this.usual.calls.map((call) => near(unit, call.whole));
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    const variance = all.reduce((a, b) => a + (b - mean) ** 2, 0) / all.length;
    return { unit, mean, spread: Math.max(LEAST_SPREAD, Math.sqrt(variance)) };
  }

  /** Samples every n-th call, in insertion order. */
  private renew(): void {
    const all = [...this.calls.values()];
    const step = Math.max(1, all.length / MEASURED);
    this.usual = {
      of: all.length,
      calls: Array.from({ length: Math.min(MEASURED, all.length) }, (_, i) => all[Math.floor(i * step)]!),
    };
    this.embeddings = new WeakMap();
  }
}

/** Returns by how many spreads a call is nearer than usual. */
export const externalNearness = (
  { unit, mean, spread }: WeightedEmbedding,
  call: ExternalCallVector,
): number => (near(unit, call.whole) - mean) / spread;

export function nearestPassage({ unit }: WeightedEmbedding, { passages }: ExternalCallVector): PassagePlace {
  return passages
    .map((passage) => ({ passage, near: near(unit, passage.vector) }))
    .reduce((a, b) => (b.near > a.near ? b : a)).passage;
}
