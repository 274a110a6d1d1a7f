export { LEVELS, type Level } from './coverage.js';
export { Group, GroupSource, belongsTo, sourceIn } from './group.js';
