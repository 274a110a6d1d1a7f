import { z } from 'zod';
import { Day } from '../../kernel/brussels.js';
import type { Facts } from '../../pipeline/domain/opportunity.js';
import type { Line } from '../../pipeline/domain/history.js';

/** The stage of a joint bid, for all its members. Each institute's own stage stays in its pipeline. */
export const JOINT_STAGES = ['forming', 'preparing', 'submitted', 'funded', 'rejected', 'given-up'] as const;
export const JointStage = z.enum(JOINT_STAGES);
export type JointStage = z.infer<typeof JointStage>;

/** The most wanted calls searched for possible joint bids. */
export const MOST_WANTED = 100;

/** The stages in which nothing is left to decide. */
export const JOINT_OVER: readonly JointStage[] = ['funded', 'rejected', 'given-up'];

/** How an institute stands towards a joint opportunity. `outside`: it has not declared its interest. */
export const JOINT_STANDINGS = ['member', 'asking', 'declined', 'outside'] as const;
export type JointStanding = (typeof JOINT_STANDINGS)[number];

/** What the members may change; fields left out are unchanged. */
export const JointChange = z
  .strictObject({
    lead: z.string().max(63).nullable().describe('the institute that leads: one of the members'),
    stage: JointStage,
    wanted: z.string().trim().min(1).max(500).nullable().describe('what the network is asked to decide'),
    wantedBy: Day.nullable().describe('the day it must be decided by'),
  })
  .partial();
export type JointChange = z.infer<typeof JointChange>;
export const JointMessage = z.strictObject({
  message: z.string().trim().min(1).max(2_000),
  id: z.uuid().optional().describe('a message sent twice under the same id is said once'),
});
export type JointMessage = z.infer<typeof JointMessage>;

/** Begins a bid on a call, with the institutes that are interested in it. */
export const BeginInput = z.strictObject({ call: z.uuid() });

/** What the network may change: lead and stage belong to the members. */
export const NetworkJointChange = JointChange.pick({ wanted: true, wantedBy: true });

/** What a joint bid fills into the pipeline of a member. */
export interface Part {
  profileId: string;
  lead: { id: string; name: string } | null;
  /** The names of the other members. */
  others: string[];
}
type Filled = Pick<Facts, 'lead' | 'leadName' | 'role'>;

const NOTHING: Filled = { lead: null, leadName: null, role: null };

function factsOf(part: Part | null): Filled {
  if (!part?.lead) return NOTHING;
  return part.lead.id === part.profileId
    ? { lead: 'inside', leadName: null, role: 'coordinator' }
    : { lead: 'outside', leadName: part.lead.name, role: 'partner' };
}

/**
 * Keeps what the institute wrote itself: only empty fields, and those filled by the joint bid, are filled in.
 */
export function filledIn<S extends Facts>(state: S, before: Part | null, now: Part): S {
  const [was, is] = [factsOf(before), factsOf(now)];
  const own = (Object.keys(NOTHING) as (keyof Filled)[]).some(
    (field) => state[field] !== null && state[field] !== was[field],
  );
  const kept = state.partners.filter((name) => !before?.others.includes(name) || now.others.includes(name));
  const partners = [...kept, ...now.others.filter((name) => !kept.includes(name))];
  return { ...state, ...(own ? {} : is), partners };
}

/** All that people can change in a joint opportunity and that its history records. */
export interface JointState {
  leadId: string | null;
  stage: JointStage;
  wanted: string | null;
  wantedBy: string | null;
}

/**
 * `joined`, `declined`: what the members answered an institute that asked to join. `left`: the lead withdrew
 * its interest, and no longer leads. `said`: a message of the discussion.
 */
export const JOINT_STEP_KINDS = ['begun', 'changed', 'joined', 'declined', 'left', 'said', 'undo'] as const;
export type JointStepKind = (typeof JOINT_STEP_KINDS)[number];

export interface JointStep extends Line<JointState & { member: string; message: string }, JointStepKind> {
  /** The institute that made the change; null for the network, or if the institute was deleted. */
  profileId: string | null;
  network: boolean;
}

/**
 * A start cannot be undone: the bid is given up instead. A withdrawal is reversed by the institute itself, by
 * opening its interest again and asking to join.
 */
export const JOINT_NOT_UNDONE: readonly JointStepKind[] = [
  'begun',
  'joined',
  'declined',
  'left',
  'said',
  'undo',
];

/** The state part of a row. */
export const jointStateOf = ({ leadId, stage, wanted, wantedBy }: JointState): JointState => ({
  leadId,
  stage,
  wanted,
  wantedBy,
});
