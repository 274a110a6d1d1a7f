export type { MatrixRow } from './cockpit.repository.js';
export type { NamedInterest } from './interest.repository.js';
export type { JointRow } from './joint-opportunity.repository.js';
