export { CallFinder } from './call-finder.js';
export { ClaimedProjects } from './claimed-projects.js';
export { Corpus } from './corpus.js';
export { type LearnedVerdict, LearnedVerdicts } from './learned.js';
export { MatchOfCall, type ShownMatch } from './match-of-call.js';
export { type Learned, Ranking } from './ranking.js';
export { Readings } from './readings.js';
export { inTimeSlices } from '../kernel/time-slices.js';
export { Translations } from './reading/translations.js';
