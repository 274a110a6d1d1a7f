import { passagesOf, textOfCompetence } from '../../matching/domain/embedding/texts.js';
import { CallIndex } from '../../matching/domain/index/call-index.js';
import type { Matched } from '../../matching/domain/scoring/match.js';
import { Matcher, type MatchingModel } from '../../matching/domain/scoring/matcher.js';
import {
  ExternalCallVectors,
  externalNearness,
  softGreatest,
} from '../../matching/domain/semantic/profile-embeddings.js';
import { MatchingSettings } from '../../matching/domain/scoring/settings.js';
import { toEnd } from '../../kernel/time-slices.js';
import { tokenise } from '../../matching/domain/analysis/tokenise.js';
import type { EmbeddedText, Embedder } from '../../kernel/ports.js';
import { matchable, type ListedCall } from './benchmark.js';

/** Scores all calls for a profile, by id. */
export type Method = (matched: Matched) => Map<string, number>;

/** The matcher as in production, with all its signals. */
export function fullMethod(calls: ListedCall[], model: MatchingModel): { method: Method; matcher: Matcher } {
  const matcher = new Matcher(model);
  for (const call of calls) matcher.put(call.id, matchable(call));
  return { matcher, method: (matched) => toEnd(matcher.pointsOfAll(matched, MatchingSettings.parse({}))) };
}

/** Only the profile's words and phrases, as the matcher finds them. */
export function wordsMethod(calls: ListedCall[], { terminology }: MatchingModel): Method {
  const index = new CallIndex(terminology);
  const numbers = calls.map((call) => index.put(call.id, matchable(call)));
  return ({ profile }) => {
    const { raw } = toEnd(index.rawScores(profile, MatchingSettings.parse({})));
    return new Map(calls.map((call, i) => [call.id, raw[numbers[i]!]!]));
  };
}

/** How strongly the nearest text of a profile outweighs its others. */
const SHARPNESS = 1.2;
/** How many characters of a project are read, the same as of a call at a time. */
const LONGEST_PROJECT = 600;

/** The texts of a profile that are compared with calls: its competences, or else its institute's projects. */
const textsOf = ({ profile, projects = [] }: Matched): { text: EmbeddedText; weight: number }[] =>
  profile.competences.length
    ? profile.competences.map((c) => ({ text: textOfCompetence(c), weight: c.weight }))
    : projects.map((p) => ({
        text: {
          kind: 'project',
          language: 'en',
          text: `${p.title}\n${p.objective ?? ''}`.slice(0, LONGEST_PROJECT),
        },
        weight: 1,
      }));

/** Ranks only by the vectors of any model, to measure what an operator's own model is worth. */
export async function meaningMethod(
  calls: ListedCall[],
  all: readonly Matched[],
  embedder: Embedder,
): Promise<Method> {
  const read = calls.map((call) => ({ id: call.id, passages: passagesOf(matchable(call)) }));
  const units = await embedder.embed(read.flatMap(({ passages }) => passages.map((p) => p.text)));
  const known = new ExternalCallVectors();
  for (const { id, passages } of read)
    known.put(
      id,
      passages.map((p) => ({ ...p, unit: units.shift()! })),
    );
  const vectors = new Map<Matched, Float32Array[]>();
  for (const matched of all) vectors.set(matched, await embedder.embed(textsOf(matched).map((s) => s.text)));
  return (matched) => {
    const embeddings = vectors.get(matched)!.map((unit) => known.embeddingFrom(unit)!);
    const weights = Float64Array.from(textsOf(matched), (s) => s.weight);
    return new Map(
      calls.map(({ id }) => [
        id,
        softGreatest(
          Float64Array.from(embeddings, (s) => externalNearness(s, known.get(id)!)),
          weights,
          SHARPNESS,
        ),
      ]),
    );
  };
}

const [K1, B] = [1.2, 0.75];
/** The weight of a title word relative to a word of the text. */
const TITLE = 3;

/** Okapi BM25 (Robertson & Zaragoza 2009) over stems, like any search engine: the plain baseline. */
export function bm25Method(calls: ListedCall[]): Method {
  const stems = (text: string | null): string[] => tokenise(text ?? '', 'en').map((t) => t.stem);
  const texts = calls.map((c) => [
    ...Array.from({ length: TITLE }, () => stems(c.title)).flat(),
    ...stems(c.text),
  ]);
  const counts = texts.map((words) => countsOf(words));
  const holding = countsOf(counts.flatMap((c) => [...c.keys()]));
  const average = texts.reduce((sum, t) => sum + t.length, 0) / texts.length;
  const weight = (word: string): number =>
    Math.log(1 + (calls.length - (holding.get(word) ?? 0) + 0.5) / ((holding.get(word) ?? 0) + 0.5));
  return ({ profile, projects = [] }) => {
    const said = [
      ...profile.competences.flatMap((c) => [c.label, c.description, ...c.keywords]),
      ...projects.map((p) => p.title),
    ];
    const asked = countsOf(said.flatMap(stems));
    const score = (i: number): number =>
      [...asked].reduce((sum, [word, times]) => {
        const count = counts[i]!.get(word) ?? 0;
        return (
          sum +
          (times * weight(word) * count * (K1 + 1)) /
            (count + K1 * (1 - B + (B * texts[i]!.length) / average))
        );
      }, 0);
    return new Map(calls.map((call, i) => [call.id, score(i)]));
  };
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
