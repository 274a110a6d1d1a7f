import { Contrast, PLAN } from '../../../src/matching/domain/training/contrast.js';
import {
  featureSpaceOf,
  wordsBag,
  type LearnedProject,
} from '../../../src/matching/domain/training/corpus.js';
import {
  encode,
  learnWeights,
  type RankedList,
  seeded,
  shuffled,
} from '../../../src/matching/domain/training/encoder.js';
import { dot } from '../../../src/matching/domain/semantic/profile-embeddings.js';

const FIELDS = {
  sea: ['ship', 'harbour', 'tide', 'hull', 'anchor', 'wave'],
  farm: ['cattle', 'barn', 'milk', 'pasture', 'feed', 'calf'],
  sky: ['wing', 'rotor', 'flap', 'airfoil', 'drag', 'lift'],
  cell: ['gene', 'protein', 'enzyme', 'membrane', 'ribosome', 'plasmid'],
  town: ['street', 'tram', 'roof', 'bridge', 'pavement', 'square'],
};
const random = seeded(5);

/** A small world: twenty topics in five fields, two words each; each organisation works in one field. */
const projects = Array.from({ length: 200 }, (_, i): LearnedProject => {
  const field = (Object.keys(FIELDS) as (keyof typeof FIELDS)[])[i % 5]!;
  const [a, b, c, d] = shuffled(FIELDS[field], random);
  return {
    title: [a!, b!],
    objective: [c!],
    topic: `${field}-${i % 20}`,
    topicTitle: [c!, d!],
    marks: [`c:${field.toUpperCase()}`],
    participants: Array.from({ length: 3 }, (_x, k) => ({
      id: `${field}-org-${(i + k * 7) % 5}`,
      near: k === 0,
    })),
  };
});
const plan = { ...PLAN, dimensions: 8, steps: 60, batch: 24, texts: 6 };
const topics = Object.entries(FIELDS).flatMap(([field, words]) => [
  { title: words.slice(0, 2), text: words, marks: [`c:${field.toUpperCase()}`] },
  { title: words.slice(2, 4), text: words, marks: [] },
]);

describe('vectors that learn by contrast', () => {
  it('bring together what the same organisations do, and keep apart what others do', () => {
    const losses: number[] = [];
    const { space, vectors } = new Contrast(projects, topics, plan).learn((_step, loss) => losses.push(loss));
    const unit = (word: string): Float32Array =>
      encode(vectors, plan.dimensions, wordsBag([word], [], space)).unit;
    const near = Object.values(FIELDS).flatMap((words) =>
      words.slice(1).map((w) => dot(unit(words[0]!), unit(w))),
    );
    const far = FIELDS.sea.flatMap((w, i) => [
      dot(unit(w), unit(FIELDS.farm[i]!)),
      dot(unit(w), unit(FIELDS.sky[i]!)),
    ]);
    expect(Math.min(...near)).toBeGreaterThan(Math.max(...far));
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
  });

  it('are the same each time, and others from another seed', () => {
    const learned = (seed: number): Float32Array =>
      new Contrast(projects, topics, { ...plan, steps: 5, seed }).learn().vectors;
    expect(learned(1)).toEqual(learned(1));
    expect(learned(1)).not.toEqual(learned(2));
  });

  it('know a word from its second text on, and none that stands in every fourth', () => {
    const text = (...words: string[]) => ({ title: words, text: [], marks: [] });
    const space = featureSpaceOf(
      [],
      [
        text('rare', 'usual'),
        text('rare'),
        ...Array.from({ length: 18 }, (_, i) => text(i < 6 ? 'usual' : 'other', `once${i}`)),
      ],
    );
    expect([space.idOf('rare') !== undefined, space.idOf('usual'), space.idOf('once3')]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });
});

describe('weights', () => {
  it('are learned for the part that tells, and stay 0 for what must not have any', () => {
    const lists = Array.from({ length: 40 }, (): RankedList => {
      const right = Math.floor(random() * 20);
      return {
        right: new Set([right]),
        units: Array.from({ length: 20 }, (_, i) => [
          (i === right ? 2 : 0) + random(),
          random(),
          i === right ? 5 : 0,
        ]),
      };
    });
    const [informative, noise, left] = learnWeights(lists, [true, true, false]);
    expect(informative).toBeGreaterThan(1);
    expect(noise).toBeLessThan(0.5 * informative!);
    expect(noise).toBeGreaterThanOrEqual(0);
    expect(left).toBe(0);
  });
});
