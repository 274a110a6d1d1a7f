import { z } from 'zod';
import { JointStage } from '../domain/joint.js';
import { JOINT_STEP_KINDS, type JointStep } from '../domain/joint-history.js';

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
