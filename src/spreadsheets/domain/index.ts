export { type Resolved, callFinder, lostOf, nearIdentifiers } from './find-call.js';
export { pastedTopics, topicLine } from './pasted-topics.js';
export type { Cell, CellKind, ColumnHead, Table } from './table.js';
