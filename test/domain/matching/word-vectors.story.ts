import { bagOf, programmeMarks } from '../../../src/matching/domain/semantic/pieces.js';
import {
  backgroundOf,
  dot,
  embeddingFrom,
  nearness,
  sharesOf,
  softGreatest,
  yearless,
} from '../../../src/matching/domain/semantic/profile-embeddings.js';
import { WordVectors } from '../../../src/matching/domain/semantic/word-vectors.js';

const background = backgroundOf([Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0.6, 0.8)], 2);
const vectors = WordVectors.fromParts({
  model: 'tiny',
  dimensions: 2,
  features: ['hydrogen', 'cattle', 'c:FCH'],
  weights: Float32Array.of(2, 3, 1.5),
  rows: Float32Array.of(1, 0.1, -0.2, 1, 0.9, 0),
  background,
});
const bag = (...features: string[]) =>
  bagOf([{ features: features.map((feature) => ({ feature, weight: 1 })), weight: 1 }], vectors);

describe('word vectors', () => {
  it('are read as they were written', () => {
    const read = WordVectors.read(vectors.toBytes());
    expect([
      read.model,
      read.dimensions,
      read.idOf('cattle'),
      read.idOf('nothing'),
      read.weightOf(1),
      read.featureOf(2),
    ]).toEqual(['tiny', 2, 1, undefined, 3, 'c:FCH']);
    expect(read.encode(bag('hydrogen', 'cattle'))).toEqual(vectors.encode(bag('hydrogen', 'cattle')));
    expect(read.background).toEqual(background);
  });

  it.each([
    ['cut off', 1],
    ['without a number', 4],
    ['almost empty', 60],
  ])('are refused %s', (_how, bytes) => {
    expect(() => WordVectors.read(vectors.toBytes().slice(0, -bytes))).toThrow();
  });

  it('make a vector of length one of what is known, and none of what is not', () => {
    const unit = vectors.encode(bag('hydrogen', 'unheard'))!;
    expect(dot(unit, unit)).toBeCloseTo(1, 5);
    expect(unit[0]).toBeGreaterThan(0.99);
    expect(vectors.encode(bag('unheard'))).toBeNull();
  });

  it('say how much each feature brings to a similarity', () => {
    const both = bag('hydrogen', 'cattle');
    const seen = Float32Array.of(0.6, 0.8);
    const shares = Array.from(both.ids, (id, k) => both.weights[k]! * vectors.along(id, seen));
    const raw = [0, 1].map((d) =>
      Array.from(both.ids).reduce(
        (sum, id, k) =>
          sum +
          both.weights[k]! *
            vectors.along(
              id,
              Float32Array.from([0, 1], (x) => (x === d ? 1 : 0)),
            ),
        0,
      ),
    );
    expect(shares[0]! + shares[1]!).toBeCloseTo(Math.hypot(...raw) * dot(vectors.encode(both)!, seen), 4);
  });
});

describe('how near a call is', () => {
  it('is told in spreads of what calls usually are', () => {
    const embedding = embeddingFrom(Float32Array.of(1, 0), background);
    const near = [Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0.6, 0.8)].map((call) =>
      nearness(embedding, call),
    );
    expect(near[0]! + near[1]! + near[2]!).toBeCloseTo(0, 5);
    expect(Math.sqrt(near.reduce((sum, x) => sum + x * x, 0) / 3)).toBeCloseTo(1, 4);
  });

  it('to several things is mostly how near it is to the nearest', () => {
    const value = softGreatest(Float64Array.of(3, 0, -1), Float64Array.of(1, 1, 1), 2);
    expect(value).toBeLessThan(3);
    expect(value).toBeGreaterThan(2.3);
    const shares = sharesOf([3, 0, -1], [1, 1, 1], 2);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1);
    expect(shares[0]).toBeGreaterThan(0.95);
    expect(sharesOf([1, 1], [3, 1], 2)).toEqual([0.75, 0.25]);
  });
});

describe('the marks of a topic', () => {
  it.each([
    ['FCH-02-5-2018', null, ['c:FCH', 'c:FCH|02', 'c:FCH|5', 'c:#FCH']],
    ['LC-SC3-RES-2-2018', 'EU.3.3.2. Low-cost, low-carbon energy supply', ['c:~LC', 'c:SC|RES', 'd:energy']],
    ['HORIZON-CL4-2027-01-MAT-PROD-02', null, ['c:HORIZON', 'c:HORIZON|CL4', 'c:HORIZON|MAT']],
    [null, 'Secure, clean and efficient energy', ['d:energy']],
  ])('%s, %s', (identifier, division, marks) =>
    expect(programmeMarks(identifier, division)).toEqual(expect.arrayContaining(marks)),
  );

  it('are none where nothing is told', () => expect(programmeMarks(null, null)).toEqual([]));

  it('are the same in another year, and so are editions', () => {
    expect(programmeMarks('FCH-02-5-2018', null)).toEqual(programmeMarks('FCH-02-5-2019', null));
    expect(yearless('INVENTED-H2-2027-03')).toBe(yearless('invented-h2-2025-03'));
    expect(yearless('INVENTED-H2-2027-03')).not.toBe(yearless('INVENTED-H2-2027-04'));
  });
});
