import { z } from 'zod';
import { nextDeadlineAt } from '../../calls/domain/facts/deadline.js';
import { statusAt, STATUSES } from '../../calls/domain/status.js';
import type { JointRow } from '../store/joint-opportunity.repository.js';
import type { NamedInterest } from '../store/interest.repository.js';
import { oneLine } from '../../kernel/one-line.js';
import { OpenedInterest } from '../domain/interest.js';
import { JointStage } from '../domain/joint.js';

const Named = z.object({ id: z.string(), name: z.string() });

export const JointView = z
  .object({
    id: z.uuid(),
    call: z.object({
      id: z.uuid(),
      title: z.string(),
      identifier: z.string().nullable(),
      language: z.string(),
      programme: z.string().nullable(),
      status: z.enum(STATUSES),
      nextDeadline: z.iso.datetime().nullable(),
    }),
    lead: Named.nullable(),
    members: z
      .array(OpenedInterest)
      .describe('institutes that take part, and what they shared about the call'),
    asking: z
      .array(OpenedInterest)
      .describe('institutes that ask to join: a member accepts or declines them'),
    stage: JointStage,
    stageAt: z.iso.datetime().describe('since when it exists'),
    wanted: z.string().nullable().describe('what the network is asked to decide'),
    wantedBy: z.iso.date().nullable().describe('the day it must be decided by'),
    begunAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'JointOpportunity' });
export type JointView = z.infer<typeof JointView>;

export const openedView = ({
  profileId,
  name,
  brings,
  competences,
  leads,
  openedAt,
}: NamedInterest): OpenedInterest => ({
  id: profileId,
  name,
  brings,
  competences,
  leads,
  openedAt: openedAt.toISOString(),
});

export function jointView({ row, call, members, asking }: JointRow, now: Date): JointView {
  const { content } = call;
  const lead = members.find((m) => m.profileId === row.leadId);
  return {
    id: row.id,
    call: {
      id: call.id,
      title: oneLine(content.title),
      identifier: content.identifier,
      language: content.language,
      programme: call.programme,
      status: statusAt(call, now),
      nextDeadline: nextDeadlineAt(content.deadlines, now),
    },
    lead: lead ? { id: lead.profileId, name: lead.name } : null,
    members: members.map(openedView),
    asking: asking.map(openedView),
    stage: row.stage,
    stageAt: row.stageAt.toISOString(),
    wanted: row.wanted,
    wantedBy: row.wantedBy,
    begunAt: row.begunAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
