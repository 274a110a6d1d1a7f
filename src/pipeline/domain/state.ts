import type { Milestone } from './milestones.js';
import type { Facts } from './opportunity.js';
import type { Stage } from './stage.js';
import type { Task } from './tasks.js';

/** All that people can change in an opportunity and that its history records. */
export interface OpportunityState extends Facts {
  stage: Stage;
  /** The closing date the bid is prepared for; null if the call states none. */
  deadlineAt: string | null;
  milestones: Milestone[];
  tasks: Task[];
}
