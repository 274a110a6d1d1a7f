export { CallFitRepository, type Choice } from './call-fit.repository.js';
export { MatchRepository, type MatchWithText } from './match.repository.js';
