export { before, changesBetween, lastToUndo, type Line } from './history.js';
export { aimedAt, labelFor } from './milestones.js';
export { type Mentionable, piecesOf } from './mentions.js';
export { FACTS, type Facts, type Lead, NO_FACTS, type Role } from './opportunity.js';
export { Stage, STAGES } from './stage.js';
export type { OpportunityState } from './state.js';
export { MOST_TASKS, Task } from './tasks.js';
