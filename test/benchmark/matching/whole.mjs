/**
 * The whole matcher: words in both languages via the terminology, meaning, and reasons. `ours` is words
 * alone.
 */
import { join } from 'node:path';
import { Matcher } from '../../../dist/matching/domain/scoring/matcher.js';
import { toEnd } from '../../../dist/kernel/time-slices.js';
import { Terminology } from '../../../dist/matching/domain/analysis/terminology.js';
import { loadSignals } from '../../../dist/matching/signal-registry.js';
import { readModel } from '../../../dist/app/config/learned-model.js';
import { readVocabulary } from '../../../dist/app/config/vocabulary.js';
import { settings, tellSearches } from './given.mjs';
import { measureIndex } from './of-index.mjs';

const config = join(import.meta.dirname, '../../../config');
const terminology = Terminology.fromVocabularies(readVocabulary(config));
terminology.english('', 'fr');
await loadSignals();
measureIndex({
  make: () => new Matcher({ ...readModel(config), terminology, fingerprint: '', analyser: '' }),
  expect: (matcher, profiles) => matcher.expect(profiles, settings),
  ranking: (matcher, profile, wanted) => matcher.ranking({ profile }, settings, wanted),
  scores: (matcher, profile) => matcher.pointsOfAll({ profile }, settings),
  after: (matcher) =>
    tellSearches((words) => {
      const competences = [{ label: words, description: '', keywords: [words], exclusions: [], weight: 1 }];
      const profile = { id: 'search', name: words, language: 'fr', contacts: [], competences };
      toEnd(matcher.best({ profile }, settings, { floor: 15, limit: 1000 }));
    }),
});
