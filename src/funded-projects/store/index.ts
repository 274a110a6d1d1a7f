export { HistoryRepository } from './history.repository.js';
