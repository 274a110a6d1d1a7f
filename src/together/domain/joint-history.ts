import type { Line } from '../../pipeline/domain/index.js';
import type { JointStage } from './joint.js';

/** All of a joint opportunity that people change, and its history remembers. */
export interface JointState {
  leadId: string | null;
  stage: JointStage;
  wanted: string | null;
  wantedBy: string | null;
}

/** `left`: who led withdrew its interest, and leads no more. */
export const JOINT_STEP_KINDS = ['begun', 'changed', 'left', 'undo'] as const;
export type JointStepKind = (typeof JOINT_STEP_KINDS)[number];

/** A line of its history. */
export interface JointStep extends Line<JointState, JointStepKind> {
  /** The institute that did it; null where that was the network, or it is no more. */
  profileId: string | null;
  network: boolean;
}

/**
 * That it was begun is not taken back: it is given up instead. That an institute withdrew is its own to take
 * back, by opening its interest again.
 */
export const JOINT_NOT_UNDONE: readonly JointStepKind[] = ['begun', 'left', 'undo'];

/** Of a row that holds more. */
export const jointStateOf = ({ leadId, stage, wanted, wantedBy }: JointState): JointState => ({
  leadId,
  stage,
  wanted,
  wantedBy,
});
