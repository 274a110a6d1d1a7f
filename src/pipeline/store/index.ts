export { MilestoneRepository, type OwnDate } from './milestone.repository.js';
export { MilestoneTemplateRepository } from './milestone-template.repository.js';
export { type Doing, OpportunityRepository, type OpportunityRow } from './opportunity.repository.js';
export { OpportunityEntity } from './opportunity.entity.js';
export { stateOf } from './opportunity-state.js';
export { TakeUpRepository } from './take-up.repository.js';
