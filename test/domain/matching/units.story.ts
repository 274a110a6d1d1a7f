import { readFileSync } from 'node:fs';
import wabt from 'wabt';
import { seeded } from '../../../src/matching/domain/training/encoder.js';
import {
  NearnessBound,
  BLOCK,
  KERNEL,
  MOST_ROWS,
  Units,
} from '../../../src/matching/domain/index/candidates.js';
import type { CompetenceEmbedding } from '../../../src/matching/domain/semantic/profile-embeddings.js';

const random = seeded(5);
function aUnit(dimensions: number): Float32Array {
  const all = Float32Array.from({ length: dimensions }, () => random() - 0.5);
  const length = Math.hypot(...all);
  return all.map((x) => x / length);
}
const aSight = (dimensions: number): CompetenceEmbedding => ({
  competence: 'C',
  weight: 1,
  own: { unit: aUnit(dimensions), mean: 0.1 * random(), spread: 0.02 + 0.1 * random() },
  external: null,
});
const nearest = (unit: Float32Array, embeddings: CompetenceEmbedding[]): number =>
  Math.max(
    ...embeddings.map(
      ({ own }) => (own!.unit.reduce((sum, x, d) => sum + x * unit[d]!, 0) - own!.mean) / own!.spread,
    ),
  );

describe('calls looked at in blocks', () => {
  it.each([3, 8, 128, 130])(
    'are never less near than they are, and hardly more (%d dimensions)',
    (dimensions) => {
      const units = new Units(dimensions);
      const kept = new Map<number, Float32Array | null>();
      for (let i = 0; i < 4_000; i += 1) {
        const number = Math.floor(random() * 2.5 * BLOCK);
        const unit = i % 9 === 0 ? null : aUnit(dimensions);
        kept.set(number, unit);
        units.set(number, unit);
      }
      const embeddings = Array.from({ length: 7 }, () => aSight(dimensions));
      const nearnessBound = new NearnessBound(units, embeddings);
      for (const [number, unit] of kept) {
        const most = nearnessBound.most(number);
        if (unit === null) expect(most).toBe(-Infinity);
        else expect(most - nearest(unit, embeddings)).toBeGreaterThan(0);
        if (unit) expect(most - nearest(unit, embeddings)).toBeLessThan(0.05);
      }
    },
  );

  it('are near to none where no competence is seen, and may all be near where there are more than can be looked at', () => {
    const units = new Units(3);
    units.set(0, aUnit(3));
    expect(new NearnessBound(units, [{ ...aSight(3), own: null }]).most(0)).toBe(-Infinity);
    expect(
      new NearnessBound(
        units,
        Array.from({ length: MOST_ROWS + 1 }, () => aSight(3)),
      ).most(0),
    ).toBe(Infinity);
  });

  it('do so by bytes that are made of the source beside them', async () => {
    const path = 'src/matching/domain/semantic/near-kernel.wat';
    const { buffer } = (await wabt()).parseWat(path, readFileSync(path, 'utf8'), { simd: true }).toBinary({});
    expect(Buffer.from(buffer).toString('base64')).toBe(KERNEL);
  });
});
