export type { HistoryProject } from './history-project.js';
export type { SchemeCount } from './scheme-count.js';
export type { YearOfContributions } from './contributions.js';
export { KnownSum } from './known-sum.js';
