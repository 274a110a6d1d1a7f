import type { Bag } from '../semantic/bag.js';
import { Adam } from './adam.js';
import {
  featureSpaceOf,
  ownWordsBag,
  projectBag,
  topicBag,
  wordsBag,
  type LearnedFeatureSpace,
  type LearnedProject,
  type LearnedTopic,
} from './corpus.js';
import { beforeNormalising, encode, handBack, normalise, type Encoded } from './encoder.js';
import { latentStart } from './latent-start.js';
import { OrganisationDraw } from './organisations.js';
import { seeded, shuffled } from './random.js';
import { choose, type Candidates } from './topic-choice.js';

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
