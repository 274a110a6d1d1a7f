import type { Terminology } from '../analysis/terminology.js';
import type { WordVectors } from '../semantic/word-vectors.js';
import type { MatchingWeights } from '../signals/signal-set.js';

/** The trained model, and the terminology it was trained with. */
export interface MatchingModel {
  vectors: WordVectors;
  weights: MatchingWeights;
  terminology: Terminology;
  /** Equal for models that give equal scores with equal settings. */
  fingerprint: string;
  /** Equal for models that analyse a call's text in the same way; see `ANALYSIS`. */
  analyser: string;
}
