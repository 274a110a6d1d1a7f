export { MilestoneRepository } from './milestone.repository.js';
export { OpportunityEntity } from './opportunity.entity.js';
export { stateOf } from './opportunity-state.js';
export { OpportunityRepository, type OpportunityRow } from './opportunity.repository.js';
