import { join } from 'node:path';
import type { MatchingModel } from '../../../src/matching/domain/scoring/matcher.js';
import { Terminology } from '../../../src/matching/domain/analysis/terminology.js';
import '../signals.js';
import { readModel } from '../../../src/app/config/learned-model.js';
import { readVocabulary } from '../../../src/app/config/vocabulary.js';

const CONFIG = join(__dirname, '../../../config');

/** Returns the trained model as shipped. */
export const shippedModel = (): MatchingModel => ({
  ...readModel(CONFIG),
  terminology: Terminology.fromVocabularies(readVocabulary(CONFIG)),
  fingerprint: 'shipped',
  analyser: 'shipped',
});
