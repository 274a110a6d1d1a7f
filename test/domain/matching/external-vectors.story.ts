import type { MatchableCall } from '../../../src/matching/domain/index/fields.js';
import { Matcher } from '../../../src/matching/domain/scoring/matcher.js';
import {
  ExternalCallVectors,
  externalNearness,
  nearestPassage,
} from '../../../src/matching/domain/semantic/profile-embeddings.js';
import { MatchingSettings } from '../../../src/matching/domain/scoring/settings.js';
import { unitVector } from '../../../src/kernel/unit-vector.js';
import { seeded } from '../../../src/matching/domain/training/encoder.js';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { shippedModel } from '../../support/matching/shipped-model.js';

const settings = MatchingSettings.parse({});
const SIZE = 16;
const random = seeded(7);
/** A vector as typical models return it: nearly all point in one direction. */
const usual = (): Float32Array =>
  unitVector(Array.from({ length: SIZE }, (_, d) => (d === 0 ? 4 : random() - 0.5)))!;
const SOUGHT = unitVector(Array.from({ length: SIZE }, (_, d) => (d === 0 ? 4 : d === 1 ? 3 : 0)))!;
const place = (start = 0, end = 9) => ({ field: 'sections.0', start, end });
const filled = (count: number): ExternalCallVectors => {
  const calls = new ExternalCallVectors();
  for (let i = 0; i < count; i += 1) calls.put(`c${i}`, [{ ...place(), unit: usual() }]);
  return calls;
};

describe('calls that a brought model has read', () => {
  it('are near by how much nearer they are than usual', () => {
    const calls = filled(200);
    calls.put('near', [{ ...place(), unit: SOUGHT }]);
    const embedding = calls.embeddingFrom(SOUGHT)!;
    const others = Array.from({ length: 200 }, (_, i) => externalNearness(embedding, calls.get(`c${i}`)!));
    const mean = others.reduce((a, b) => a + b, 0) / 200;
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.sqrt(others.reduce((a, b) => a + (b - mean) ** 2, 0) / 200)).toBeCloseTo(1, 0);
    expect(externalNearness(embedding, calls.get('near')!)).toBeGreaterThan(Math.max(...others));
    expect(calls.embeddingFrom(SOUGHT)).toBe(embedding);
  });

  it('are not measured while there are too few to tell what is usual, or none of that model', () => {
    expect(filled(20).embeddingFrom(SOUGHT)).toBeNull();
    const calls = filled(80);
    calls.clear();
    expect([calls.embeddingFrom(SOUGHT), calls.get('c0')]).toEqual([null, undefined]);
  });

  it('tell which of their passages is nearest', () => {
    const calls = filled(60);
    calls.put('long', [
      { ...place(0, 5), unit: usual() },
      { ...place(5, 9), unit: SOUGHT },
      { ...place(9, 20), unit: usual() },
    ]);
    expect(nearestPassage(calls.embeddingFrom(SOUGHT)!, calls.get('long')!)).toMatchObject({
      start: 5,
      end: 9,
    });
  });
});

describe('the matcher with a brought model', () => {
  const call = (title: string, text: string): MatchableCall => ({
    title,
    callTitle: null,
    language: 'en',
    keywords: [],
    destination: null,
    sections: [{ kind: 'scope', title: '', text }],
  });
  const profile = Profile.parse({
    id: 'lab',
    name: 'Lab',
    language: 'en',
    competences: [
      { label: 'Xylquanoth', keywords: ['xylquanoth'], exclusions: ['amphibians'] },
      { label: 'Fuel cells', keywords: ['fuel cell'] },
    ],
  });
  const matcher = new Matcher(shippedModel());
  matcher.put(
    'museum',
    call('Digital tools for museums', 'Collections of cultural heritage are made open to citizens.'),
  );
  matcher.put('frogs', call('Ponds', 'Habitats of amphibians.'));
  matcher.put('unread', call('Trucks', 'Fuel cell systems for trucks.'));
  for (let i = 0; i < 60; i += 1) matcher.put(`c${i}`, call(`Topic ${i}`, 'Whatever else is asked for.'));
  for (let i = 0; i < 60; i += 1) matcher.external.put(`c${i}`, [{ ...place(), unit: usual() }]);
  for (const id of ['museum', 'frogs'])
    matcher.external.put(id, [
      { ...place(0, 11), unit: usual() },
      { ...place(15, 32), unit: SOUGHT },
      { ...place(15, 32), unit: SOUGHT },
    ]);
  const external = new Map([['Xylquanoth', SOUGHT]]);
  const sum = (xs: number[]): number => xs.reduce((a, b) => a + b, 0);

  it('finds what only that model sees near, and tells the passage', () => {
    expect(matcher.score({ profile }, settings).map((r) => r.id)).not.toContain('museum');
    const found = matcher.score({ profile, external }, settings).find((r) => r.id === 'museum')!;
    expect(found.match.evidence[0]).toMatchObject({
      signal: 'meaning',
      competence: 'Xylquanoth',
      term: '',
      field: 'sections.0',
      spans: [{ start: 15, end: 32 }],
    });
    expect(sum(found.match.evidence.map((e) => e.contribution))).toBeCloseTo(found.match.score, 6);
    expect(sum(found.match.competences.map((c) => c.score))).toBeCloseTo(found.match.score, 6);
  });

  it('goes by the built-in model where the brought one has not read the call, or the competence', () => {
    const by = (of: { external?: ReadonlyMap<string, Float32Array> }) =>
      matcher.explain('unread', { profile, ...of }, settings);
    expect(by({ external })).toEqual(by({}));
    expect(matcher.explain('museum', { profile, external: new Map() }, settings)).toEqual(
      matcher.explain('museum', { profile }, settings),
    );
  });

  it('heeds exclusions', () => {
    const match = matcher.explain('frogs', { profile, external }, settings)!;
    expect(match.competences.find((c) => c.competence === 'Xylquanoth')).toMatchObject({
      score: 0,
      excludedBy: { term: 'amphibians' },
    });
    expect(match.evidence.map((e) => e.competence)).not.toContain('Xylquanoth');
  });

  it("scores as before without that model's vectors", () => {
    matcher.external.remove('museum');
    expect(matcher.explain('museum', { profile, external }, settings)!.score).toBe(
      matcher.explain('museum', { profile }, settings)!.score,
    );
  });
});
