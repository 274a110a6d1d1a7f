export { Groups } from './groups.js';
export { JointBids, MOST_IN_TEAM } from './joint-bids.js';
