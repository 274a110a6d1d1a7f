import { CallIndex } from '../../matching/domain/index/call-index.js';
import type { MatchableCall } from '../../matching/domain/index/fields.js';
import { tokeniseCall } from '../../matching/domain/index/indexed-call.js';
import type { Matched } from '../../matching/domain/scoring/matched.js';
import { MatchingSettings } from '../../matching/domain/scoring/settings.js';
import { toEnd } from '../../matching/domain/scoring/steps.js';
import { bagOf } from '../../matching/domain/semantic/bag.js';
import { callPieces, readFields } from '../../matching/domain/semantic/pieces.js';
import { embeddingsOf } from '../../matching/domain/semantic/profile-embeddings.js';
import type { WordVectors } from '../../matching/domain/semantic/word-vectors.js';
import type { ScoredCall } from '../../matching/domain/signals/signal.js';
import { SignalSet } from '../../matching/domain/signals/signal-set.js';
import type { Terminology } from '../../matching/domain/analysis/terminology.js';

/**
 * Returns the value of each signal, in units, for some calls and all given profiles: the input for learning
 * weights.
 */
export function listUnits(
  calls: readonly MatchableCall[],
  vectors: WordVectors,
  terminology: Terminology,
): (matched: Matched) => number[][] {
  const index = new CallIndex(terminology);
  const signals = new SignalSet();
  const numbers = calls.map((c, i) => index.put(String(i), c));
  calls.forEach((c, i) => signals.put(numbers[i]!, c));
  const seen = calls.map((c): Omit<ScoredCall, 'words' | 'embeddings'> => {
    const fields = readFields(tokeniseCall(c), (...text) => terminology.english(...text));
    return {
      identifier: c.identifier ?? null,
      external: null,
      unit: vectors.encode(bagOf(callPieces(c, fields), vectors)),
    };
  });
  const settings = MatchingSettings.parse({});
  return ({ profile, projects = [] }) => {
    const embeddings = embeddingsOf(profile, projects, vectors, terminology);
    const { raw, shared } = toEnd(index.rawScores(profile, settings));
    return seen.map((call, i) => {
      const number = numbers[i]!;
      const words = { raw: raw[number]!, shared: shared[number]! };
      return [...signals.unitsOf(number, { ...call, embeddings, words })];
    });
  };
}
