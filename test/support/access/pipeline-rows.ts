import { randomUUID } from 'node:crypto';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import {
  CommentEntity,
  MilestoneTemplateEntity,
  OpportunityEntity,
  OpportunityStepEntity,
} from '../../../src/pipeline/store/opportunity.entity.js';
import { RecallSampleEntity } from '../../../src/decisions/store/recall-sample.repository.js';

interface Told {
  id: string;
  taskId: string;
  commentId: string;
  callId: string;
  personId: string;
  at: Date;
  secret: string;
}
type Put = <E extends ObjectLiteral>(entity: EntityTarget<E>, row: Partial<E>) => Promise<unknown>;

/** Fills leti's pipeline; each text contains its secret. */
export async function putPipeline(
  put: Put,
  { id, taskId, commentId, callId, personId, at, secret }: Told,
): Promise<void> {
  await put(RecallSampleEntity, {
    profileId: 'leti',
    callId,
    month: '2026-01',
    stratum: 'near',
    stratumSize: 1,
    drawnAt: at,
  });
  await put(OpportunityEntity, {
    id,
    profileId: 'leti',
    callId,
    stage: 'preparing',
    stageAt: at,
    acronym: `${secret} acronym`,
    documents: [{ label: `${secret} draft`, url: 'https://files.example/draft' }],
    leadName: `${secret} leader`,
    partners: [`${secret} partner`],
    currency: 'EUR',
    proposalNumber: `${secret} number`,
    milestones: [
      { id: randomUUID(), label: `${secret} date`, on: '2026-11-30', before: null, personId, doneAt: null },
    ],
    tasks: [{ id: taskId, text: `${secret} task`, personId, due: '2026-11-30', doneAt: null }],
    createdAt: at,
    updatedAt: at,
  });
  await put(CommentEntity, {
    id: commentId,
    opportunityId: id,
    profileId: 'leti',
    author: `${secret} commenter`,
    personId,
    text: `${secret} comment`,
    notified: [],
    createdAt: at,
  });
  await put(OpportunityStepEntity, {
    id: randomUUID(),
    opportunityId: id,
    profileId: 'leti',
    seq: 1,
    kind: 'begun',
    changes: {},
    why: `${secret} why`,
    by: `${secret} mover`,
    personId,
    at,
  });
  await put(MilestoneTemplateEntity, {
    profileId: 'leti',
    milestones: [{ label: `${secret} usual date`, before: 30 }],
    updatedBy: `${secret} planner`,
    updatedAt: at,
  });
}
