export { Groups, membersOf } from './groups.js';
export { JointBids, MOST_IN_TEAM } from './joint-bids.js';
