export { CallFitRepository, type Choice } from './call-fit.repository.js';
export { MatchRepository, type MatchWithText } from './match.repository.js';
export { ReaderLogRepository } from './reader-log.repository.js';
export { UnreadPairRepository } from './unread-pair.repository.js';
