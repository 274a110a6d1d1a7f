import { type Bag, bagOf, type FeatureSpace, type Piece, isMark } from '../semantic/pieces.js';

/** A funded project: its own text, the topic it answered, and the participants. */
export interface LearnedProject {
  title: string[];
  objective: string[];
  topic: string;
  topicTitle: string[];
  marks: string[];
  /** Register numbers of the participants; `near` are those of the country whose institutes are served. */
  participants: { id: string; near: boolean }[];
}

/** A topic with a known text but unknown participants. */
export interface LearnedTopic {
  title: string[];
  text: string[];
  marks: string[];
}

/** A word in fewer texts is a name or a typo; one in more than this share of them carries no information. */
const [FEWEST_TEXTS, LARGEST_SHARE] = [2, 0.25];
/** The weight of a mark's vector relative to a word's: marks are one in ten features of a title. */
const MARK_WEIGHT = 1.5;

/** The features of a model, in the order of their numbers: words first, then marks. */
export class LearnedFeatureSpace implements FeatureSpace {
  private readonly ids: Map<string, number>;

  constructor(
    readonly features: readonly string[],
    readonly weights: Float32Array,
  ) {
    this.ids = new Map(features.map((feature, i) => [feature, i]));
  }

  idOf(feature: string): number | undefined {
    return this.ids.get(feature);
  }

  weightOf(id: number): number {
    return this.weights[id] ?? 0;
  }

  isMark(id: number): boolean {
    return isMark(this.features[id] ?? '');
  }
}

/** Numbers the features found in two texts or more, and weights words by rarity (BM25's IDF). */
export function featureSpaceOf(
  projects: readonly LearnedProject[],
  topics: readonly LearnedTopic[],
): LearnedFeatureSpace {
  const texts = [
    ...projects.map((p) => [...p.title, ...p.objective, ...p.topicTitle]),
    ...topics.map((t) => [...t.title, ...t.text]),
  ];
  const words = counted(texts);
  const marks = counted([...projects, ...topics].map((x) => x.marks));
  const descriptive = [...words]
    .filter(([, n]) => n >= FEWEST_TEXTS && n < LARGEST_SHARE * texts.length)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [...marks].filter(([, n]) => n >= FEWEST_TEXTS).sort(([a], [b]) => (a < b ? -1 : 1));
  const weights = [
    ...descriptive.map(([, n]) => Math.log(1 + (texts.length - n + 0.5) / (n + 0.5))),
    ...lines.map(() => MARK_WEIGHT),
  ];
  return new LearnedFeatureSpace(
    [...descriptive, ...lines].map(([feature]) => feature),
    Float32Array.from(weights),
  );
}

function counted(texts: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of new Set(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const piece = (features: readonly string[], weight: number): Piece => ({
  features: features.map((feature) => ({ feature, weight: 1 })),
  weight,
});

/**
 * Returns a project as compared with calls: mostly its title, then its topic's, then the start of its
 * objective.
 */
export const projectBag = (p: LearnedProject, space: FeatureSpace): Bag =>
  bagOf(
    [piece(p.title, 1), piece(p.topicTitle, 0.7), piece(p.objective.slice(0, 80), 0.25), piece(p.marks, 1)],
    space,
  );

/** Returns the features of a project's own text. */
export const ownWordsBag = (p: LearnedProject, space: FeatureSpace): Bag =>
  bagOf([piece(p.title, 1), piece(p.objective.slice(0, 80), 0.25)], space);

/** Returns a topic, encoded like a call: see `callPieces`. */
export const topicBag = (t: LearnedTopic, space: FeatureSpace): Bag =>
  bagOf([piece(t.title, 1), piece(t.text.slice(0, 300), 0.12), piece(t.marks, 1)], space);

export const wordsBag = (words: readonly string[], marks: readonly string[], space: FeatureSpace): Bag =>
  bagOf([piece(words, 1), piece(marks, 1)], space);
