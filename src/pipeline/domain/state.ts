import type { Milestone } from './milestones.js';
import type { Facts } from './opportunity.js';
import type { Stage } from './stage.js';
import type { Task } from './tasks.js';

/** All of an opportunity that people change, and the history remembers. */
export interface OpportunityState extends Facts {
  stage: Stage;
  /** The closing date that it is prepared for; null where the call states none. */
  deadlineAt: string | null;
  milestones: Milestone[];
  tasks: Task[];
}
