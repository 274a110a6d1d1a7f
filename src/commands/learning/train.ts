import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { addressedOf } from '../../calls/domain/addressee.js';
import {
  type Grade,
  type GradedList,
  learnGraded,
  learnKept,
  leftOut,
  scaleBetween,
} from '../../matching/domain/training/graded.js';
import { Terminology } from '../../matching/domain/analysis/terminology.js';
import {
  type MatchingWeights,
  SignalSet,
  type SignalWeights,
} from '../../matching/domain/signals/signal-set.js';
import { WordVectors } from '../../matching/domain/semantic/word-vectors.js';
import { callsIn, type ListedCall, type ListedProject, matchable, projectsIn } from './benchmark.js';
import { written } from './cases.js';
import { listUnits, pastLists, yearOf } from './past-lists.js';
import {
  Contrast,
  type LearnedVectors,
  type LearningPlan,
  PLAN,
} from '../../matching/domain/training/contrast.js';
import { type LearnedProject, type LearnedTopic, topicBag } from '../../matching/domain/training/corpus.js';
import { encode, learnWeights, type RankedList } from '../../matching/domain/training/encoder.js';
import { backgroundOf } from '../../matching/domain/semantic/profile-embeddings.js';
import { type English, programmeMarks } from '../../matching/domain/semantic/pieces.js';
import type { MatchingModel } from '../../matching/domain/scoring/matcher.js';
import { loadSignals } from '../../matching/signal-registry.js';
import { ConfigError } from '../../platform/config/config-error.js';
import { readModel } from '../../app/config/learned-model.js';
import { readVocabulary } from '../../app/config/vocabulary.js';
import { CONFIG_FOLDER } from '../../app/wiring.js';
import { readArguments } from '../arguments.js';
import { say } from '../../platform/say.js';

/** The profile folders, each with its officers' judgements of the calls. */
const JUDGED: [profiles: string, judgements: string][] = [
  ['profiles', 'judgements.dev.tsv'],
  ['profiles-more', 'judgements.more.tsv'],
];

/** Grades by institute and call; a call that is not listed is not wanted. */
function gradesIn(path: string): Map<string, Grade> {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [institute, call, grade] = line.split('\t');
      return [`${institute}\t${call}`, Number(grade) as Grade];
    }),
  );
}

/**
 * Returns the calls of one real day as graded by officers, with the value of each signal; empty if the folder
 * has no such day.
 */
export function judgedDay(
  folder: string,
  vectors: WordVectors,
  terminology: Terminology,
  usage: string,
): GradedList[] {
  const path = join(folder, 'calls.jsonl.gz');
  if (!existsSync(path)) return [];
  const calls = callsIn(path);
  const read = calls.map(matchable);
  const unitsFor = listUnits(read, vectors, terminology);
  const { names } = new SignalSet();
  const [words, meaning] = [names.indexOf('words'), names.indexOf('meaning')];
  return JUDGED.flatMap(([profiles, judgements]) => {
    const grades = gradesIn(join(folder, judgements));
    return written(join(folder, profiles), usage).map(({ id, matched }) => ({
      calls: unitsFor(matched).map((units, i) => ({
        words: units[words]!,
        meaning: units[meaning]!,
        keeps: addressedOf(read[i]!)?.keeps ?? 1,
        grade: grades.get(`${id}\t${calls[i]!.id}`) ?? 0,
      })),
    }));
  });
}

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

const USAGE =
  'npm run train -- --data FOLDER [--out config/model] [--steps 500 | --keep-vectors]   (FOLDER holds history.jsonl.gz, topics.jsonl.gz and calls.jsonl, and live/ with the calls of a day that officers judged)';
/** Weights are learned from the projects before this year, and the topics of this year and later. */
const YEAR = 2016;
type Model = Pick<MatchingModel, 'vectors' | 'weights'>;

/** For the median organisation, one topic in thirty is reported and one in a hundred is strong. */
const SHARES = { told: 1 / 30, strong: 1 / 100 };

/** Returns the score that a share of the topics reaches, for the median organisation. */
function reached(lists: RankedList[], weights: number[], share: number): number {
  const of = lists.map(
    ({ units }) =>
      units.map((u) => u.reduce((sum, x, k) => sum + x * weights[k]!, 0)).sort((a, b) => b - a)[
        Math.round(units.length * share)
      ]!,
  );
  return of.sort((a, b) => a - b)[of.length >> 1]!;
}

const rounded = (x: number): number => Number(x.toFixed(3));

/** Learned weights, scaled so that the shares of reported and strong topics are as set. */
function weightsFor(lists: RankedList[], ...of: ('profile' | 'projects')[]): SignalWeights {
  const signals = new SignalSet();
  const learned = learnWeights(lists, signals.areOf(of));
  const { half, steepness } = scaleBetween(
    reached(lists, learned, SHARES.told),
    reached(lists, learned, SHARES.strong),
  );
  return {
    ...Object.fromEntries(signals.names.map((name, i) => [name, rounded(learned[i]! / half)])),
    steepness: rounded(steepness),
  };
}

const progress =
  (what: string) =>
  (step: number, loss: number): void => {
    if (step % 100 === 0) say(`${what}: step ${step}, loss ${loss.toFixed(3)}`);
  };

/** Learns the word vectors and the weights from what organisations did. */
function learned(data: string, plan: LearningPlan, terminology: Terminology): Model {
  const english = (text: string, language: 'fr' | 'en') => terminology.english(text, language);
  const ranked = new Set(callsIn(join(data, 'calls.jsonl')).map((c) => c.id));
  const projects = projectsIn(data).filter((p) => p.topics.every((t) => !ranked.has(t.code)));
  const topics = callsIn(join(data, 'topics.jsonl.gz')).filter((t) => !ranked.has(t.id));
  say(`${projects.length} projects, ${topics.length} texts of topics`);
  const before = projects.filter((p) => yearOf(p) < YEAR);
  const lists = pastLists(
    projects,
    YEAR,
    learnVectors({ projects: before, topics }, english, progress(`before ${YEAR}`), plan),
    terminology,
  );
  say(`weights from ${lists.length} organisations`);
  const vectors = learnVectors({ projects, topics }, english, progress('all'), plan);
  return {
    vectors,
    weights: {
      provenance:
        `Learned by npm run train: ${lists.length} organisations with projects before ${YEAR} and their topics from ${YEAR} on; vectors from ${projects.length} funded projects ` +
        `(CORDIS, European Commission, CC BY 4.0) and the texts of ${topics.length} topics (EU Funding & Tenders Portal, reuse with attribution).`,
      model: vectors.model,
      written: weightsFor(lists, 'profile'),
      recorded: weightsFor(lists, 'projects'),
      both: weightsFor(lists, 'profile', 'projects'),
      // Who took part does not tell what officers keep: only a judged day replaces it.
      kept: readModel(CONFIG_FOLDER).weights.kept,
    },
  };
}

/** Learns the weights for written profiles from officers' judgements of a day's calls, if there are any. */
function judged({ weights, vectors }: Model, data: string, terminology: Terminology): MatchingWeights {
  const lists = judgedDay(join(data, 'live'), vectors, terminology, USAGE);
  if (lists.length === 0) return weights;
  const graded = learnGraded(lists);
  const { words, meaning, steepness } = graded;
  const { intercept, slope } = learnKept(lists, graded);
  say(
    `written profiles: from ${lists.length} institutes and ${lists[0]!.calls.length} calls; average precision ${leftOut(lists).toFixed(3)}, each left out of what its weights are learned from`,
  );
  const written = {
    ...weights.written,
    words: rounded(words),
    meaning: rounded(meaning),
    steepness: rounded(steepness),
  };
  return { ...weights, written, kept: { intercept: rounded(intercept), slope: rounded(slope) } };
}

const OPTIONS = {
  data: { type: 'string' },
  out: { type: 'string' },
  steps: { type: 'string' },
  'keep-vectors': { type: 'boolean' },
} as const;

/**
 * Learns the word vectors and the signal weights, and writes both. The calls of calls.jsonl are the ones to
 * be ranked, so nothing is learned from them: neither participants nor text. With --keep-vectors, only the
 * weights that a judged day teaches are learned again.
 */
export async function train(args: string[]): Promise<void> {
  const { values } = readArguments({ args, options: OPTIONS }, USAGE);
  const { data, out = join(CONFIG_FOLDER, 'model'), steps = String(PLAN.steps) } = values;
  if (!/^[1-9]\d{0,4}$/.test(steps))
    throw new ConfigError([
      `--steps must be a whole number from 1 to 99999, and is "${steps}". Fix: ${USAGE}`,
    ]);
  if (!data || !existsSync(join(data, 'history.jsonl.gz')))
    throw new ConfigError([`--data must name a folder with history.jsonl.gz. Fix: ${USAGE}`]);
  await loadSignals();
  const terminology = Terminology.fromVocabularies(readVocabulary(CONFIG_FOLDER));
  const model = values['keep-vectors']
    ? readModel(CONFIG_FOLDER)
    : learned(data, { ...PLAN, steps: Number(steps) }, terminology);
  const weights = judged(model, data, terminology);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'vectors.bin'), model.vectors.toBytes());
  writeFileSync(join(out, 'weights.yaml'), stringify(weights, { lineWidth: 140 }));
  say(`Written: ${join(out, 'vectors.bin')} and ${join(out, 'weights.yaml')}`);
}
