import { createHash } from 'node:crypto';
import {
  Contrast,
  type LearnedVectors,
  type LearningPlan,
  PLAN,
} from '../../matching/domain/training/contrast.js';
import { topicBag, type LearnedProject, type LearnedTopic } from '../../matching/domain/training/corpus.js';
import { encode } from '../../matching/domain/training/encoder.js';
import { backgroundOf } from '../../matching/domain/semantic/nearness.js';
import type { English } from '../../matching/domain/semantic/pieces.js';
import { programmeMarks } from '../../matching/domain/semantic/programme-marks.js';
import { WordVectors } from '../../matching/domain/semantic/word-vectors.js';
import type { ListedCall, ListedProject } from './benchmark.js';

/** The country whose institutes are served. */
const HOME = 'FR';

/** Converts a project for learning; `english` reads its texts. */
function learnedProject(p: ListedProject, english: English): LearnedProject {
  const stems = (text: string | null | undefined): string[] => english(text ?? '', 'en').map((w) => w.stem);
  const [topic] = p.topics;
  return {
    title: stems(p.title),
    objective: stems(p.objective),
    topic: topic?.code ?? p.id,
    topicTitle: stems(topic?.title),
    marks: programmeMarks(topic?.code ?? null, p.division),
    participants: p.organisations.map(({ id, country }) => ({ id, near: country === HOME })),
  };
}

const learnedTopic = (t: ListedCall, english: English): LearnedTopic => ({
  title: english(t.title, 'en').map((w) => w.stem),
  text: english(t.text ?? '', 'en').map((w) => w.stem),
  marks: programmeMarks(t.id, t.division),
});

/** Returns a name derived from the training texts and the plan: if either changes, so does the name. */
function nameOf(projects: ListedProject[], topics: ListedCall[], plan: LearningPlan): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([plan, projects.map((p) => p.id), topics.map((t) => t.id)]))
    .digest('hex');
  return `contrast-${plan.dimensions}-${hash.slice(0, 8)}`;
}

/** Returns the vectors in their shipped form, with the average of the topics learned from. */
function shipped(
  { space, vectors }: LearnedVectors,
  topics: LearnedTopic[],
  model: string,
  dimensions: number,
): WordVectors {
  const known = topics.map((t) => topicBag(t, space)).filter((bag) => bag.ids.length > 0);
  const background = backgroundOf(
    known.map((bag) => encode(vectors, dimensions, bag).unit),
    dimensions,
  );
  return WordVectors.fromParts({
    model,
    dimensions,
    features: [...space.features],
    weights: space.weights,
    rows: vectors,
    background,
  });
}

/** Learns vectors from funded projects and the texts of topics; `tell` is called at each step. */
export function learnVectors(
  from: { projects: ListedProject[]; topics: ListedCall[] },
  english: English,
  tell?: (step: number, loss: number) => void,
  plan = PLAN,
): WordVectors {
  const projects = from.projects.map((p) => learnedProject(p, english));
  const topics = from.topics.map((t) => learnedTopic(t, english));
  const answered = new Map(projects.map((p) => [p.topic, { title: p.topicTitle, text: [], marks: p.marks }]));
  return shipped(
    new Contrast(projects, topics, plan).learn(tell),
    [...answered.values(), ...topics],
    nameOf(from.projects, from.topics, plan),
    plan.dimensions,
  );
}
