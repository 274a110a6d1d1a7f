import { z } from 'zod';
import { JOINT_STEP_KINDS, JointStage, type JointStep } from '../domain/joint.js';
import { Contactable } from '../../funded-projects/domain/whom-to-call.js';
import { LEVELS } from '../domain/coverage.js';
import { nextDeadlineOf } from '../../calls/domain/facts/deadline.js';
import { statusAt, CallHead } from '../../calls/domain/status.js';
import type { JointRow } from '../store/joint-opportunity.repository.js';
import type { NamedInterest } from '../store/interest.repository.js';
import { inEachLanguage } from '../../i18n/translate.js';
import { labelsIn } from '../../profiles/domain/names-in.js';
import { oneLine } from '../../kernel/one-line.js';
import { OpenedInterest } from '../domain/interest.js';
import { PastPartner } from '../domain/past-partners.js';

const Institute = z
  .object({ id: z.string().nullable(), name: z.string().nullable() })
  .describe('id and name are null if it is no longer a member');
const change = <T extends z.ZodType>(value: T) => z.object({ from: value, to: value }).optional();

export const JointStepView = z
  .object({
    id: z.uuid(),
    kind: z
      .enum(JOINT_STEP_KINDS)
      .describe(
        'joined, declined: what the members answered an institute that asked to join; left: the lead withdrew its interest; said: a message of the discussion',
      ),
    changes: z.object({
      lead: change(Institute.nullable()),
      stage: change(JointStage.nullable()),
      wanted: change(z.string().nullable()),
      wantedBy: change(z.iso.date().nullable()),
      member: change(Institute.nullable()),
      message: change(z.string().nullable()),
    }),
    by: z.object({
      network: z.boolean().describe('whether the coordination did it'),
      institute: Institute.nullable(),
      person: z.string().nullable().describe('shown only within their own institute or the network'),
    }),
    at: z.iso.datetime(),
    undone: z.boolean(),
  })
  .meta({ id: 'JointOpportunityStep' });
export type JointStepView = z.infer<typeof JointStepView>;
type Institute = z.infer<typeof Institute>;

/** The reader (a member, or null for the network), and the names of the interested institutes by id. */
interface Reading {
  profileId: string | null;
  names: ReadonlyMap<string, string>;
}

/**
 * A line as the reader may see it: names of people stay inside their institute, and institutes that withdrew
 * are not named.
 */
export function jointStepView(
  { id, kind, changes, by, profileId, network, at }: JointStep,
  undone: ReadonlySet<string | null>,
  reading: Reading,
): JointStepView {
  const named = (institute: unknown): Institute => {
    const name = reading.names.get(institute as string);
    return name === undefined ? { id: null, name: null } : { id: institute as string, name };
  };
  const lead = changes.leadId && {
    from: changes.leadId.from === null ? null : named(changes.leadId.from),
    to: changes.leadId.to === null ? null : named(changes.leadId.to),
  };
  const { stage, wanted, wantedBy, member, message } = changes;
  const own = network ? reading.profileId === null : reading.profileId === profileId;
  return {
    id,
    kind,
    changes: {
      ...(lead && { lead }),
      ...(member && { member: { from: null, to: named(member.to) } }),
      ...({
        ...(stage && { stage }),
        ...(wanted && { wanted }),
        ...(wantedBy && { wantedBy }),
        ...(message && { message }),
      } as object),
    },
    by: {
      network,
      institute: network ? null : named(profileId),
      person: own && by !== '' ? by : null,
    },
    at: at.toISOString(),
    undone: undone.has(id),
  };
}

/**
 * How well the members of a joint bid cover the points of the call, and who could help with points that
 * nobody covers well.
 */
export const JointTeamView = z
  .object({
    expected: z
      .enum(['outcomes', 'tasks'])
      .describe('whether the points are the expected outcomes or the scope of the call'),
    statements: z.array(
      z.object({
        number: z.number().int().describe('from 1'),
        text: z.string(),
        by: z.array(z.object({ id: z.string(), name: z.string(), level: z.enum(LEVELS) })),
        partners: z
          .array(PastPartner)
          .describe('past partners in funded projects on it, if no member covers it well'),
        whomToCall: z
          .array(Contactable)
          .describe(
            'organisations that coordinated funded projects on it, of earlier editions or near topics, if no member covers it well',
          ),
      }),
    ),
  })
  .meta({ id: 'JointTeam' });
export type JointTeamView = z.infer<typeof JointTeamView>;

const Named = z.object({ id: z.string(), name: z.string() });

export const JointView = z
  .object({
    id: z.uuid(),
    call: CallHead.extend({
      language: z.string(),
      programme: z.string().nullable(),
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
  labelled,
  leads,
  openedAt,
}: NamedInterest): OpenedInterest => ({
  id: profileId,
  name,
  brings,
  competences,
  competencesByLanguage: inEachLanguage((language) => competences.map(labelsIn(labelled, language))),
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
      nextDeadline: nextDeadlineOf(call, now),
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
