import type { PassagePlace } from '../embedding/texts.js';
import { unitVector } from '../embedding/unit-vector.js';
import type { WeightedEmbedding } from './nearness.js';

/** A vector of length 1, two bytes for a number: a call has several, and there are many calls. */
type Packed = Int16Array;
const STEPS = 32_767;
const pack = (unit: Float32Array): Packed => Int16Array.from(unit, (x) => Math.round(x * STEPS));
const near = (unit: Float32Array, packed: Packed): number => {
  let sum = 0;
  for (let d = 0; d < unit.length; d += 1) sum += unit[d]! * packed[d]!;
  return sum / STEPS;
};

/** A call as an external model has read it: as a whole, and passage by passage. */
export interface ExternalCallVector {
  whole: Packed;
  passages: (PassagePlace & { vector: Packed })[];
}

/** Of fewer calls it cannot be told what is usual. */
const LEAST_CALLS = 50;
/** What is usual is measured on so many calls, and anew when there are a tenth more. */
const MEASURED = 500;
const RENEW_AT = 1.1;
/** Such models tell most texts nearly alike: their spreads are small. */
const LEAST_SPREAD = 0.002;

/**
 * The calls as an external model has read them. How near one is counts in spreads of what calls usually are,
 * so that it can stand where the nearness by the built-in model stands.
 */
export class ExternalCallVectors {
  private readonly calls = new Map<string, ExternalCallVector>();
  private usual: { of: number; calls: ExternalCallVector[] } = { of: 0, calls: [] };
  private embeddings = new WeakMap<Float32Array, WeightedEmbedding>();

  /** The vectors are of length 1 and of one size, one for each passage. */
  put(id: string, passages: readonly (PassagePlace & { unit: Float32Array })[]): void {
    const sum = new Float32Array(passages[0]!.unit.length);
    for (const { unit } of passages)
      unit.forEach((x, d) => {
        sum[d]! += x;
      });
    // Passages that say the opposite of each other leave nothing: then the first speaks for the call.
    const whole = unitVector(sum) ?? passages[0]!.unit;
    this.calls.set(id, {
      whole: pack(whole),
      passages: passages.map(({ field, start, end, unit }) => ({ field, start, end, vector: pack(unit) })),
    });
  }

  remove(id: string): void {
    this.calls.delete(id);
  }

  /** Forgets all: another model's vectors come. */
  clear(): void {
    this.calls.clear();
    this.renew();
  }

  get(id: string): ExternalCallVector | undefined {
    return this.calls.get(id);
  }

  /** Looks from a competence's vector; null as long as it cannot be told what is usual. */
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

  /** Every n-th call, in the order in which they came. */
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

/** By how many spreads a call is nearer than calls usually are. */
export const externalNearness = (
  { unit, mean, spread }: WeightedEmbedding,
  call: ExternalCallVector,
): number => (near(unit, call.whole) - mean) / spread;

/** The passage that is nearest. */
export function nearestPassage({ unit }: WeightedEmbedding, { passages }: ExternalCallVector): PassagePlace {
  return passages
    .map((passage) => ({ passage, near: near(unit, passage.vector) }))
    .reduce((a, b) => (b.near > a.near ? b : a)).passage;
}
