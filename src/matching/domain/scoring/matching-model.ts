import type { Terminology } from '../analysis/terminology.js';
import type { WordVectors } from '../semantic/word-vectors.js';
import type { MatchingWeights } from '../signals/weights.js';

/** What was learned, and the terminology in whose words it was. */
export interface MatchingModel {
  vectors: WordVectors;
  weights: MatchingWeights;
  terminology: Terminology;
  /** Equal for models that give equal scores under equal settings. */
  fingerprint: string;
}
