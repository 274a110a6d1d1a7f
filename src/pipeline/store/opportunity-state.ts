import type { OpportunityState } from '../domain/state.js';
import type { OpportunityEntity } from './opportunity.entity.js';

/** The part of a row that people can change, as the domain type. */
export const stateOf = (row: OpportunityEntity): OpportunityState => ({
  stage: row.stage,
  acronym: row.acronym,
  lead: row.lead,
  leadName: row.leadName,
  role: row.role,
  partners: row.partners,
  requested: row.requested,
  currency: row.currency,
  share: row.share,
  probability: row.probability,
  proposalNumber: row.proposalNumber,
  decideBy: row.decideBy,
  signedOn: row.signedOn,
  // PostgreSQL has an order of keys of its own, by which equal documents would look changed.
  documents: row.documents.map(({ label, url }) => ({ label, url })),
  deadlineAt: row.deadlineAt?.toISOString() ?? null,
  milestones: row.milestones,
  tasks: row.tasks,
});

/** The same as columns of the row. */
export const columnsOf = ({
  deadlineAt,
  ...state
}: OpportunityState): Omit<OpportunityState, 'deadlineAt'> & { deadlineAt: Date | null } => ({
  ...state,
  deadlineAt: deadlineAt === null ? null : new Date(deadlineAt),
});
