import { CallIndex } from '../../../dist/domain/matching/call-index.js';
import { settings } from './given.mjs';
import { measureIndex } from './of-index.mjs';

measureIndex({
  make: () => new CallIndex(),
  ranking: (index, profile, wanted) => index.ranking(profile, settings, wanted),
  scores: (index, profile) => index.rawScores(profile, settings),
});
