import { randomUUID } from 'node:crypto';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { InterestEntity } from '../../../src/network/store/interest.repository.js';
import { PaperEntity } from '../../../src/network/store/paper.repository.js';
import {
  JointOpportunityEntity,
  JointStepEntity,
} from '../../../src/network/store/joint-opportunity.repository.js';

interface Told {
  id: string;
  paperId: string;
  callId: string;
  personId: string;
  at: Date;
  secret: string;
  own: string;
}
type Put = <E extends ObjectLiteral>(entity: EntityTarget<E>, row: Partial<E>) => Promise<unknown>;

/**
 * Stores a pack that the network did not send, an interest of leti visible to all except for the name of
 * whoever opened it, and a joint bid with leti as the only member.
 */
export async function putTogether(
  put: Put,
  { id, paperId, callId, personId, at, secret, own }: Told,
): Promise<void> {
  await put(InterestEntity, {
    profileId: 'leti',
    callId,
    brings: 'What leti opened.',
    competences: [],
    leads: true,
    tell: true,
    by: `${secret} opener`,
    personId,
    openedAt: at,
    notifiedAt: at,
    joinedAt: at,
  });
  await put(JointOpportunityEntity, {
    id,
    callId,
    leadId: 'leti',
    stage: 'preparing',
    stageAt: at,
    wanted: 'What leti asks the network.',
    wantedBy: null,
    begunAt: at,
    updatedAt: at,
  });
  await put(JointStepEntity, {
    id: randomUUID(),
    jointId: id,
    profileId: 'leti',
    network: false,
    seq: 1,
    kind: 'begun',
    changes: { stage: { from: null, to: 'forming' } },
    by: `${secret} beginner`,
    personId,
    at,
  });
  await put(PaperEntity, {
    id: paperId,
    kind: 'pack',
    groupId: 'wind',
    month: '2026-06',
    callId: null,
    language: 'en',
    title: 'A pack that was not sent',
    sections: [{ heading: 'Decisions wanted', text: `- ${own} is to be decided.` }],
    version: 1,
    createdAt: at,
    updatedAt: at,
    sentAt: null,
  });
}
