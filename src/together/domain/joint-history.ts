import type { Line } from '../../pipeline/domain/history.js';
import type { JointStage } from './joint.js';

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

/** A line of the history of a joint opportunity. */
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
