import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bandOf, shownScore } from '../../kernel/band.js';
import { plugIn } from '../../matching/domain/signals/signal-set.js';
import type { Signal } from '../../matching/domain/signals/signal.js';
import { loadSignals } from '../../matching/signal-registry.js';
import type { Matcher, MatchingModel } from '../../matching/domain/scoring/matcher.js';
import { WordEmbedder } from '../../matching/domain/semantic/word-vectors.js';
import type { RankedCall } from '../../matching/domain/scoring/match.js';
import { MatchingSettings } from '../../matching/domain/scoring/settings.js';
import { Terminology } from '../../matching/domain/analysis/terminology.js';
import type { Embedder } from '../../kernel/ports.js';
import { refuse } from '../../platform/config/config-error.js';
import { readEnvironment } from '../../platform/config/environment.js';
import { readModel } from '../../app/config/learned-model.js';
import { readVocabulary } from '../../app/config/vocabulary.js';
import { embedderOf } from '../../platform/embedding/embedder-of.js';
import { PRODUCT_TOKEN } from '../../platform/http/robots.js';
import { CONFIG_FOLDER } from '../../app/wiring.js';
import { namedTerm } from '../../matching/domain/explanation/reasons/match-reasons.js';
import { readArguments } from '../arguments.js';
import { callsIn, matchable, type ListedCall } from './benchmark.js';
import { recorded, written, type Case } from './cases.js';
import { withSuggestedChanges } from './suggested-changes.js';
import { bm25Method, fullMethod, meaningMethod, wordsMethod, type Method } from './methods.js';
import { readBest, readerOfEnvironment, type Ranked } from './read-best.js';
import type { ChatReader } from '../../platform/reader/chat-reader.js';
import { say } from '../../platform/say.js';
import { givenVerdicts, type GivenVerdict } from './given-verdicts.js';
import { judgementsIn } from './judgements.js';
import { type RankedCase, sentOf } from './what-is-sent.js';
import { printMails } from './worth-of-mails.js';
import { printWorth } from './worth-of-decisions.js';
import { loadSettings } from '../../app/config/settings.js';

const USAGE =
  'npm run evaluate -- (--data FOLDER | --profiles FOLDER --calls FILE) --out RUN.tsv [--method full|words|meaning|bm25] [--without SIGNAL,…] [--reader] [--verdicts FILE] [--judgements FILE [--draws 20 | --events EVENTS.jsonl]] [--suggestions] [--explain FILE]';
const METHODS = ['full', 'words', 'meaning', 'bm25'];
const EXPLAINED = 20;
const DRAWS = '20';
const OPTIONS = {
  data: { type: 'string' },
  profiles: { type: 'string', multiple: true },
  calls: { type: 'string' },
  out: { type: 'string' },
  method: { type: 'string' },
  explain: { type: 'string' },
  without: { type: 'string' },
  reader: { type: 'boolean' },
  verdicts: { type: 'string' },
  suggestions: { type: 'boolean' },
  judgements: { type: 'string', multiple: true },
  events: { type: 'string' },
  draws: { type: 'string' },
} as const;
/** The size limit for an embedding server's answer. */
const MOST_BYTES = 50_000_000;

/** What the options ask for. Throws all that is wrong with them. */
function given(args: string[]) {
  const {
    data,
    profiles = [],
    calls,
    out,
    method = 'full',
    explain,
    without = '',
    reader = false,
    verdicts,
    judgements = [],
    events,
    draws,
    suggestions = false,
  } = readArguments({ args, options: OPTIONS }, USAGE).values;
  refuse([
    ...(out ? [] : [`--out must name a file. Fix: ${USAGE}`]),
    ...(data || (profiles.length && calls)
      ? []
      : [`--data, or --profiles and --calls, must say what is evaluated. Fix: ${USAGE}`]),
    ...(suggestions && !verdicts && (!judgements.length || events)
      ? [`--suggestions needs --verdicts, or --judgements without --events. Fix: ${USAGE}`]
      : []),
    ...(suggestions && method !== 'full' ? ['--suggestions goes with --method full alone.'] : []),
    ...(events && !judgements.length ? [`--events needs --judgements. Fix: ${USAGE}`] : []),
    ...(draws !== undefined && (!judgements.length || events)
      ? [`--draws needs --judgements without --events, whose e-mails are not drawn. Fix: ${USAGE}`]
      : []),
    ...(/^[1-9]\d{0,3}$/.test(draws ?? DRAWS)
      ? []
      : [`--draws "${draws}" is no whole number from 1 to 9999.`]),
    ...(METHODS.includes(method) ? [] : [`--method "${method}" is none. Fix: Write ${METHODS.join(', ')}.`]),
    ...[data, ...profiles, calls, verdicts, ...judgements, events].flatMap((path) =>
      path && !existsSync(path) ? [`${path} is not there. Fix: ${USAGE}`] : [],
    ),
  ]);
  return {
    cases: data ? recorded(data) : profiles.flatMap((folder) => written(folder, USAGE)),
    calls: callsIn(calls ?? join(data!, 'calls.jsonl')),
    out: out!,
    method,
    explain,
    without: without.split(',').filter(Boolean),
    reader,
    verdicts,
    judgements,
    events,
    draws: Number(draws ?? DRAWS),
    suggestions,
  };
}

/** Disables some signals, to measure what each is worth. */
function leaveOut(all: readonly Signal[], without: readonly string[]): void {
  const ids = all.map(({ id }) => id);
  refuse(
    without
      .filter((id) => !ids.includes(id))
      .map((id) => `--without "${id}" is no signal. Fix: Use ${ids.join(', ')}.`),
  );
  plugIn(all.filter(({ id }) => !without.includes(id)));
}

/** The reasons for the best calls, for people to read. */
function explanation({ id, matched }: Case, calls: ListedCall[], matcher: Matcher): string {
  const known = new Map(calls.map((c) => [c.id, c]));
  const best = matcher.score(matched, MatchingSettings.parse({}), { limit: EXPLAINED });
  const lines = best.map(({ id: found, match }, i) => {
    const call = known.get(found)!;
    return [
      `${i + 1}. ${found}: ${call.title} (${shownScore(match.score, { digits: 1 }).toFixed(1)} points, ${bandOf(match.score)})`,
      ...match.evidence.map(
        (e) =>
          `   ${e.contribution.toFixed(1)} ${e.signal ?? 'words'}${e.competence ? ` of "${e.competence}"` : ''}: ${namedTerm(e, matchable(call))} [${e.field} ${e.spans.map((s) => `${s.start}-${s.end}`).join(' ')}]`,
      ),
    ].join('\n');
  });
  return [`# ${id} ${matched.profile.name}`, ...lines].join('\n');
}

/** The model that EMBEDDING_URL or EMBEDDING_MODEL_DIR names, or else the built-in one. */
function embedder({ vectors, terminology }: MatchingModel): Embedder {
  return (
    embedderOf(readEnvironment(process.env, 'start'), { userAgent: PRODUCT_TOKEN, maxBytes: MOST_BYTES }) ??
    new WordEmbedder(vectors, terminology)
  );
}

async function methodOf(
  name: string,
  { cases, calls }: { cases: Case[]; calls: ListedCall[] },
  full: Method,
  model: MatchingModel,
): Promise<Method> {
  if (name === 'bm25') return bm25Method(calls);
  if (name === 'words') return wordsMethod(calls, model);
  return name === 'meaning'
    ? meaningMethod(
        calls,
        cases.map((c) => c.matched),
        embedder(model),
      )
    : full;
}

async function read(model: ChatReader, calls: ListedCall[], ranked: Ranked[]): Promise<void> {
  try {
    const { calls: count, pairs, left, usage } = await readBest(model, calls, ranked);
    say(
      `${count} calls read for ${pairs} pairs by ${model.name}, ${left} left to the built-in ranking; ${usage.prompt} input tokens, ${usage.completion} output tokens`,
    );
  } finally {
    await model.close();
  }
}

/** The shipped model and settings, with these calls in memory. */
function shipped(calls: ListedCall[]) {
  const model = {
    ...readModel(CONFIG_FOLDER),
    terminology: Terminology.fromVocabularies(readVocabulary(CONFIG_FOLDER)),
    fingerprint: '',
    analyser: '',
  };
  const { matcher, method: full } = fullMethod(calls, model);
  return { model, matcher, full, digest: loadSettings(CONFIG_FOLDER).digest };
}

const rankedBy = (method: Method, matcher: Matcher) => (of: Case) => {
  const scores = method(of.matched);
  let ranking: RankedCall[] | undefined;
  return {
    of,
    profile: { ...of.matched.profile, id: of.id },
    scores,
    builtIn: new Map(scores),
    ranking: () => (ranking ??= matcher.score(of.matched, MatchingSettings.parse({}))),
  };
};

/**
 * Ranks all calls for every organisation of the benchmark from its earlier projects, or for written profiles;
 * writes a line `profile<TAB>call<TAB>score<TAB>sent` for each pair, and with `--explain` the reasons for the
 * 20 best of each. `--verdicts` names decisions of the institutes, which move what is sent to them, and with
 * `--suggestions` change their profiles as they suggest; `--judgements` prints what decisions would bring
 * that are made as these say. `--method meaning` ranks by vectors alone: the built-in ones or those of the
 * operator's model. `--without` disables signals of the built-in method. With `--reader`, the language model
 * at READER_URL reads the best calls of each profile.
 */
export async function evaluate(args: string[]): Promise<void> {
  const {
    cases: saved,
    calls,
    out,
    method,
    explain,
    without,
    reader,
    verdicts,
    judgements,
    events,
    draws,
    suggestions,
  } = given(args);
  const all = await loadSignals();
  const decisions = verdicts
    ? givenVerdicts(verdicts, {
        institutes: new Set(saved.map(({ id }) => id)),
        calls: new Set(calls.map(({ id }) => id)),
      })
    : [];
  const judged = judgementsIn(judgements);
  const readingModel = reader ? readerOfEnvironment(process.env) : null;
  leaveOut(all, without);
  const { matcher, model, digest, full } = shipped(calls);
  const evaluator = { matcher, model, digest };
  const known = new Map(calls.map((call) => [call.id, call]));
  const changed = (of: Case, own: readonly GivenVerdict[]) => withSuggestedChanges(of, known, own, evaluator);
  const cases: Case[] = [];
  for (const one of saved) cases.push(suggestions && verdicts ? await changed(one, decisions) : one);
  const chosen = await methodOf(method, { cases, calls }, full, model);
  const rankedOf = rankedBy(chosen, matcher);
  const ranked = cases.map(rankedOf);
  if (readingModel) await read(readingModel, calls, ranked);
  const ownOf = ({ of }: RankedCase) => decisions.filter(({ institute }) => institute === of.id);
  const lines = ranked.flatMap((one) =>
    sentOf(one, ownOf(one), evaluator).map(
      ({ call, score, sent }) => `${one.of.id}\t${call}\t${score}\t${Number(sent)}`,
    ),
  );
  writeFileSync(out, `${lines.join('\n')}\n`);
  if (explain) writeFileSync(explain, `${cases.map((c) => explanation(c, calls, matcher)).join('\n\n')}\n`);
  say(`${cases.length} profiles by ${calls.length} calls (${method}): ${out}`);
  const titleOf = (call: string) => known.get(call)!.title;
  if (events) printMails(ranked, judged, { ...evaluator, events, titleOf });
  else if (judgements.length)
    await printWorth(ranked, judged, {
      ...evaluator,
      titleOf,
      draws,
      withSuggestions: suggestions ? async (one, own) => rankedOf(await changed(one, own)) : null,
    });
}
