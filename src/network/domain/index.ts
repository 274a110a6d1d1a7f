export { LEVELS, type Level } from './coverage.js';
export { Group, belongsTo } from './group.js';
