import type { Stage } from '../domain/stage.js';
import type { Viewer } from '../../ui/viewer.js';

export const stageName = (v: Viewer, stage: Stage): string => v.t(`pipeline.stage.${stage}`);

export const pipelinePath = (profileId: string): string => `/institutes/${profileId}/pipeline`;
export const opportunityPath = (profileId: string, id: string): string => `${pipelinePath(profileId)}/${id}`;
