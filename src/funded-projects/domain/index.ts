export type { SchemeCount } from './scheme-count.js';
