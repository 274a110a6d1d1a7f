import type { Bag } from '../semantic/pieces.js';
import {
  beforeNormalising,
  encode,
  type Encoded,
  gaussian,
  handBack,
  normalise,
  seeded,
  shuffled,
} from './encoder.js';
import {
  featureSpaceOf,
  type LearnedFeatureSpace,
  type LearnedProject,
  type LearnedTopic,
  ownWordsBag,
  projectBag,
  topicBag,
  wordsBag,
} from './corpus.js';

const ROUNDS = 5;
/** The strongest directions reflect the length and style of texts, so they are damped a little. */
const DAMPING = 0.12;
/** Average size of an entry: small compared with 1, so that training can still move it. */
const SIZE = 0.1;

/** Makes the columns of a tall matrix (rows of `dim` numbers) orthonormal (Gram–Schmidt). */
function orthonormalise(matrix: Float32Array, dim: number): void {
  const rows = matrix.length / dim;
  for (let a = 0; a < dim; a += 1) {
    for (let b = 0; b < a; b += 1) {
      let dot = 0;
      for (let r = 0; r < rows; r += 1) dot += matrix[r * dim + a]! * matrix[r * dim + b]!;
      for (let r = 0; r < rows; r += 1) matrix[r * dim + a]! -= dot * matrix[r * dim + b]!;
    }
    let square = 0;
    for (let r = 0; r < rows; r += 1) square += matrix[r * dim + a]! ** 2;
    const length = Math.sqrt(square) + 1e-12;
    for (let r = 0; r < rows; r += 1) matrix[r * dim + a]! /= length;
  }
}

/** Returns BᵀB times the matrix, where B has a row of length 1 for each bag. */
function throughTexts(bags: readonly Bag[], matrix: Float32Array, dim: number): Float32Array {
  const result = new Float32Array(matrix.length);
  const along = new Float32Array(dim);
  for (const { ids, weights } of bags) {
    const square = weights.reduce((sum, w) => sum + w * w, 0) + 1e-12;
    along.fill(0);
    for (let k = 0; k < ids.length; k += 1)
      for (let d = 0; d < dim; d += 1) along[d]! += weights[k]! * matrix[ids[k]! * dim + d]!;
    for (let k = 0; k < ids.length; k += 1)
      for (let d = 0; d < dim; d += 1) result[ids[k]! * dim + d]! += (weights[k]! / square) * along[d]!;
  }
  return result;
}

/**
 * Runs latent semantic analysis on the texts (Deerwester et al. 1990) by subspace iteration. Returns a vector
 * of `dim` numbers for each of `features` features: the starting point for training on who worked on what.
 */
function latentStart(
  bags: readonly Bag[],
  features: number,
  dim: number,
  random: () => number,
): Float32Array {
  let matrix = Float32Array.from({ length: features * dim }, () => gaussian(random));
  for (let round = 0; round < ROUNDS; round += 1) {
    orthonormalise(matrix, dim);
    matrix = throughTexts(bags, matrix, dim) as Float32Array<ArrayBuffer>;
  }
  for (let d = 0; d < dim; d += 1) {
    let square = 0;
    for (let f = 0; f < features; f += 1) square += matrix[f * dim + d]! ** 2;
    const factor = (Math.sqrt(square) + 1e-12) ** -(1 + DAMPING);
    for (let f = 0; f < features; f += 1) matrix[f * dim + d]! *= factor;
  }
  const scale = SIZE / (Math.sqrt(matrix.reduce((sum, x) => sum + x * x, 0) / matrix.length) + 1e-12);
  return matrix.map((x) => x * scale);
}

/** All candidates as consecutive vectors of length 1, with the gradient of each. */
interface Candidates {
  units: Float32Array;
  gradients: Float32Array;
  count: number;
}

/** What should be chosen, by number, and what does not count as wrong: the other items known to belong. */
interface Wanted {
  right: ReadonlySet<number>;
  known: ReadonlySet<number>;
}

/** Returns the softmax of sharpness × similarity; 0 for known candidates that are not wanted here. */
function chances(
  from: Float32Array,
  { units, count }: Candidates,
  { right, known }: Wanted,
  sharpness: number,
): Float32Array {
  const dim = from.length;
  const result = new Float32Array(count).fill(-Infinity);
  for (let c = 0; c < count; c += 1) {
    if (known.has(c) && !right.has(c)) continue;
    let dot = 0;
    for (let d = 0; d < dim; d += 1) dot += from[d]! * units[c * dim + d]!;
    result[c] = sharpness * dot;
  }
  const greatest = result.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let c = 0; c < count; c += 1) sum += result[c] = Math.exp(result[c]! - greatest);
  return result.map((x) => x / sum);
}

/**
 * Computes the cross-entropy of choosing the right candidates by similarity (van den Oord et al. 2018): adds
 * to the candidates' gradients and returns the gradient of `from` and the loss. `weight` scales all of them.
 */
function choose(
  from: Float32Array,
  candidates: Candidates,
  wanted: Wanted,
  { sharpness, weight }: { sharpness: number; weight: number },
): { gradient: Float32Array; loss: number } {
  const dim = from.length;
  const chance = chances(from, candidates, wanted, sharpness);
  const gradient = new Float32Array(dim);
  let loss = 0;
  for (let c = 0; c < candidates.count; c += 1) {
    const due = wanted.right.has(c) ? 1 / wanted.right.size : 0;
    if (due > 0) loss -= weight * due * Math.log(chance[c]! + 1e-12);
    const pull = (chance[c]! - due) * sharpness * weight;
    if (Math.abs(pull) < 1e-6) continue;
    for (let d = 0; d < dim; d += 1) {
      gradient[d]! += pull * candidates.units[c * dim + d]!;
      candidates.gradients[c * dim + d]! += pull * from[d]!;
    }
  }
  return { gradient, loss };
}

/** An organisation's projects and the topics they answered, by number. */
interface LearnedOrganisation {
  projects: number[];
  topics: number[];
}

const FEWEST_TOPICS = 3;
/**
 * How much more often organisations of the served country are drawn; those with many projects are drawn more
 * often than those with few.
 */
const NEAR_TIMES = 4;

/** Draws organisations that took part in three or more topics. */
class OrganisationDraw {
  private readonly all: LearnedOrganisation[] = [];
  private readonly upTo: number[] = [];

  constructor(projects: readonly LearnedProject[], topicOf: (project: number) => number) {
    const found = new Map<string, { near: boolean; projects: Set<number> }>();
    projects.forEach(({ participants }, i) => {
      for (const { id, near } of participants) {
        const one = found.get(id) ?? { near, projects: new Set<number>() };
        found.set(id, one);
        one.projects.add(i);
      }
    });
    for (const { near, projects: own } of found.values()) {
      const topics = [...new Set([...own].map(topicOf))];
      if (topics.length < FEWEST_TOPICS) continue;
      this.all.push({ projects: [...own], topics });
      this.upTo.push((this.upTo.at(-1) ?? 0) + (near ? NEAR_TIMES : 1) * Math.sqrt(topics.length));
    }
  }

  draw(random: () => number): LearnedOrganisation {
    const at = random() * (this.upTo.at(-1) ?? 0);
    let [low, high] = [0, this.upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.upTo[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return this.all[low]!;
  }
}

const [MOMENTUM, SPREAD] = [0.9, 0.99];

/** Adam (Kingma & Ba 2015) on one array of numbers. */
class Adam {
  private readonly mean: Float32Array;
  private readonly square: Float32Array;
  private steps = 0;

  constructor(private readonly values: Float32Array) {
    this.mean = new Float32Array(values.length);
    this.square = new Float32Array(values.length);
  }

  /** Takes one step against the gradients at that rate. */
  step(gradients: Float32Array, rate: number): void {
    this.steps += 1;
    const [a, b] = [1 - MOMENTUM ** this.steps, 1 - SPREAD ** this.steps];
    for (let i = 0; i < gradients.length; i += 1) {
      const g = gradients[i]!;
      const mean = (this.mean[i] = MOMENTUM * this.mean[i]! + (1 - MOMENTUM) * g);
      const square = (this.square[i] = SPREAD * this.square[i]! + (1 - SPREAD) * g * g);
      if (mean !== 0) this.values[i]! -= (rate * (mean / a)) / (Math.sqrt(square / b) + 1e-6);
    }
  }
}

/** How the vectors are trained. Defaults were chosen on topics of 2016 and 2017, using earlier projects. */
export interface LearningPlan {
  dimensions: number;
  steps: number;
  /** Organisations per step; half as many projects, and `texts` texts. */
  batch: number;
  texts: number;
  /** How sharply a choice separates near from nearest. */
  sharpness: number;
  rate: number;
  seed: number;
}
export const PLAN: LearningPlan = {
  dimensions: 128,
  steps: 500,
  batch: 96,
  texts: 48,
  sharpness: 8,
  rate: 0.004,
  seed: 1,
};

export interface LearnedVectors {
  space: LearnedFeatureSpace;
  /** One row of `dimensions` numbers per feature. */
  vectors: Float32Array;
}

/** Dropout rates: all of a text's marks at once, since a written profile has none, and each word. */
const [MARKS_LEFT_OUT, WORD_LEFT_OUT] = [0.4, 0.1];
const MOST_PROJECTS = 25;
const [MOST_TOPICS, WARM_UP, LAST_RATE, TEXT_SHARE] = [6, 30, 0.1, 0.5];

/**
 * Trains vectors for words and programme marks by contrast: an organisation's projects must be nearer to the
 * topics it took part in than to all others; a project's text, to the topic it answered; a topic's title, to
 * its own text. Starts from latent semantic analysis.
 */
export class Contrast {
  private readonly space: LearnedFeatureSpace;
  private readonly vectors: Float32Array;
  private readonly random: () => number;
  private readonly projects: Bag[];
  private readonly ownWords: Bag[];
  private readonly topics: Bag[];
  private readonly topicOf: number[];
  private readonly titled: { title: Bag; text: Bag }[];
  private readonly organisations: OrganisationDraw;

  constructor(
    projects: readonly LearnedProject[],
    texts: readonly LearnedTopic[],
    private readonly plan: LearningPlan = PLAN,
  ) {
    this.random = seeded(plan.seed);
    const space = (this.space = featureSpaceOf(projects, texts));
    const codes = [...new Set(projects.map((p) => p.topic))];
    const firstOf = new Map([...projects].reverse().map((p) => [p.topic, p]));
    this.topicOf = projects.map((p) => codes.indexOf(p.topic));
    this.projects = projects.map((p) => projectBag(p, space));
    this.ownWords = projects.map((p) => ownWordsBag(p, space));
    this.topics = codes
      .map((code) => firstOf.get(code)!)
      .map((p) => topicBag({ title: p.topicTitle, text: [], marks: p.marks }, space));
    this.titled = texts.map((t) => ({
      title: wordsBag(t.title, t.marks, space),
      text: wordsBag(t.text.slice(0, 300), [], space),
    }));
    const ground = [...this.projects, ...this.topics, ...texts.map((t) => topicBag(t, space))];
    this.vectors = latentStart(ground, space.features.length, plan.dimensions, this.random);
    this.organisations = new OrganisationDraw(projects, (i) => this.topicOf[i]!);
  }

  /** Runs all steps; `tell` receives the loss after each. */
  learn(tell: (step: number, loss: number) => void = () => undefined): LearnedVectors {
    const { steps, rate } = this.plan;
    const adam = new Adam(this.vectors);
    for (let step = 1; step <= steps; step += 1) {
      const gradients = new Float32Array(this.vectors.length);
      const loss = this.byParticipation(gradients);
      this.byText(gradients);
      adam.step(gradients, rate * Math.min(1, step / WARM_UP) * (1 - ((1 - LAST_RATE) * step) / steps));
      tell(step, loss);
    }
    return { space: this.space, vectors: this.vectors };
  }

  private byParticipation(gradients: Float32Array): number {
    const { dimensions: dim, batch } = this.plan;
    const topics = this.topics.map((bag) => this.encoded(bag));
    const candidates: Candidates = {
      units: new Float32Array(topics.length * dim),
      gradients: new Float32Array(topics.length * dim),
      count: topics.length,
    };
    topics.forEach((t, i) => candidates.units.set(t.unit, i * dim));
    let loss = 0;
    for (let i = 0; i < batch; i += 1) loss += this.organisation(gradients, candidates, 1 / batch);
    for (let i = 0; i < batch / 2; i += 1) this.project(gradients, candidates, (TEXT_SHARE * 2) / batch);
    topics.forEach((t, i) => handBack(gradients, t, candidates.gradients.subarray(i * dim, (i + 1) * dim)));
    return loss;
  }

  /** Predicts some of an organisation's topics from its projects under the others. */
  private organisation(gradients: Float32Array, candidates: Candidates, weight: number): number {
    const { projects, topics } = this.organisations.draw(this.random);
    const asked = Math.max(1, Math.min(MOST_TOPICS, Math.floor(topics.length * (0.2 + 0.3 * this.random()))));
    const right = new Set(shuffled(topics, this.random).slice(0, asked));
    const known = shuffled(
      projects.filter((p) => !right.has(this.topicOf[p]!)),
      this.random,
    ).slice(0, MOST_PROJECTS);
    const had = known.map((p) => this.encoded(this.projects[p]!));
    const centre = new Float32Array(this.plan.dimensions);
    for (const { unit } of had)
      unit.forEach((x, d) => {
        centre[d]! += x;
      });
    const length = normalise(centre);
    const { gradient, loss } = choose(
      centre,
      candidates,
      { right, known: new Set(topics) },
      { sharpness: this.plan.sharpness, weight },
    );
    const inner = beforeNormalising(gradient, centre, length);
    for (const one of had) handBack(gradients, one, inner);
    return loss;
  }

  private project(gradients: Float32Array, candidates: Candidates, weight: number): void {
    const at = Math.floor(this.random() * this.ownWords.length);
    const own = this.encoded(this.ownWords[at]!);
    const right = new Set([this.topicOf[at]!]);
    handBack(
      gradients,
      own,
      choose(own.unit, candidates, { right, known: right }, { sharpness: this.plan.sharpness, weight })
        .gradient,
    );
  }

  /** Each title must be distinguished from the other titles drawn by a third of the words of its text. */
  private byText(gradients: Float32Array): void {
    const { texts, dimensions: dim, sharpness } = this.plan;
    if (this.titled.length === 0) return;
    const drawn = Array.from(
      { length: texts },
      () => this.titled[Math.floor(this.random() * this.titled.length)]!,
    );
    const parts = drawn.map(({ text }) => this.encoded(some(text, () => this.random() < 0.35)));
    const candidates: Candidates = {
      units: new Float32Array(texts * dim),
      gradients: new Float32Array(texts * dim),
      count: texts,
    };
    parts.forEach((p, i) => candidates.units.set(p.unit, i * dim));
    drawn.forEach(({ title }, i) => {
      const one = this.encoded(title);
      handBack(
        gradients,
        one,
        choose(
          one.unit,
          candidates,
          { right: new Set([i]), known: new Set() },
          { sharpness, weight: TEXT_SHARE / texts },
        ).gradient,
      );
    });
    parts.forEach((p, i) => handBack(gradients, p, candidates.gradients.subarray(i * dim, (i + 1) * dim)));
  }

  private encoded(bag: Bag): Encoded {
    const withMarks = this.random() > MARKS_LEFT_OUT;
    const left = some(bag, (id) => (this.space.isMark(id) ? withMarks : this.random() >= WORD_LEFT_OUT));
    return encode(this.vectors, this.plan.dimensions, left.ids.length > 0 ? left : bag);
  }
}

function some({ ids, weights }: Bag, keep: (id: number) => boolean): Bag {
  const kept = Array.from(ids.keys()).filter((k) => keep(ids[k]!));
  return { ids: Int32Array.from(kept, (k) => ids[k]!), weights: Float32Array.from(kept, (k) => weights[k]!) };
}
