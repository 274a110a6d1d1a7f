import type { Line } from '../../pipeline/domain/index.js';
import type { JointStage } from './joint.js';

/** All that people can change in a joint opportunity and that its history records. */
export interface JointState {
  leadId: string | null;
  stage: JointStage;
  wanted: string | null;
  wantedBy: string | null;
}

/** `left`: the lead withdrew its interest, and no longer leads. */
export const JOINT_STEP_KINDS = ['begun', 'changed', 'left', 'undo'] as const;
export type JointStepKind = (typeof JOINT_STEP_KINDS)[number];

/** A line of the history of a joint opportunity. */
export interface JointStep extends Line<JointState, JointStepKind> {
  /** The institute that made the change; null for the network, or if the institute was deleted. */
  profileId: string | null;
  network: boolean;
}

/**
 * A start cannot be undone: the bid is given up instead. A withdrawal is reversed by the institute itself, by
 * opening its interest again.
 */
export const JOINT_NOT_UNDONE: readonly JointStepKind[] = ['begun', 'left', 'undo'];

/** The state part of a row. */
export const jointStateOf = ({ leadId, stage, wanted, wantedBy }: JointState): JointState => ({
  leadId,
  stage,
  wanted,
  wantedBy,
});
