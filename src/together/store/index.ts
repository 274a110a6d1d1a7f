export { InterestEntity } from './interest.entity.js';
export { InterestRepository, type NamedInterest } from './interest.repository.js';
export { JointOpportunityRepository, type JointRow } from './joint-opportunity.repository.js';
