import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type LearningPlan, PLAN } from '../../matching/domain/training/contrast.js';
import { learnGraded, learnKept, leftOut, scaleBetween } from '../../matching/domain/training/graded.js';
import type { MatchingModel } from '../../matching/domain/scoring/matching-model.js';
import { learnWeights, type RankedList } from '../../matching/domain/training/listwise.js';
import { SignalSet } from '../../matching/domain/signals/signal-set.js';
import { loadSignals } from '../../matching/signal-registry.js';
import { Terminology } from '../../matching/domain/analysis/terminology.js';
import type { MatchingWeights, SignalWeights } from '../../matching/domain/signals/weights.js';
import { ConfigError } from '../../platform/config/config-error.js';
import { readModel } from '../../app/config/learned-model.js';
import { readVocabulary } from '../../app/config/vocabulary.js';
import { CONFIG_FOLDER } from '../../app/wiring.js';
import { readArguments } from '../arguments.js';
import { callsIn, projectsIn } from './benchmark.js';
import { judgedDay } from './judged-day.js';
import { learnVectors } from './learn-vectors.js';
import { pastLists, yearOf } from './past-lists.js';
import { say } from '../../platform/say.js';

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
