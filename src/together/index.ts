export { Interests } from './interests.js';
export { JointOpportunities } from './joint-opportunities.js';
