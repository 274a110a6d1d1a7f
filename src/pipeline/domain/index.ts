export { type Changes, type Step, type StepKind, STEP_KINDS } from './history.js';
export {
  aimedAt,
  type Expected,
  expectedOf,
  Milestone,
  MilestoneTemplate,
  MOST_MILESTONES,
} from './milestones.js';
export {
  FACTS,
  type Facts,
  FactsChange,
  type Lead,
  LEADS,
  NO_FACTS,
  type Role,
  ROLES,
} from './opportunity.js';
export type { OpportunityState } from './state.js';
export { BEFORE_GO, nextStages, OVER, Stage, STAGES } from './stage.js';
