export type { HistoryProject } from './history-project.js';
export type { SchemeCount } from './scheme-count.js';
