import { z } from 'zod';
import { ParsedCall } from '../../calls/domain/parsed-call.js';
import { nextDeadlineOf } from '../../calls/domain/facts/deadline.js';
import { statusAt, CallHead } from '../../calls/domain/status.js';
import type { MatrixRow } from '../store/cockpit.repository.js';
import { oneLine } from '../../kernel/one-line.js';

/** A call with its matches and interests by institute. */
export const MatrixRowView = z
  .object({
    call: CallHead.extend({
      kind: ParsedCall.shape.kind,
      language: z.string(),
      nextDeadline: z.iso.datetime().nullable(),
    }),
    fits: z.record(z.string(), z.number()).describe('scores of the institutes it fits, by id'),
    wants: z.array(z.string()).describe('ids of the institutes that shared their interest'),
    wouldLead: z.array(z.string()).describe('ids of those that would lead'),
    joint: z
      .object({ id: z.uuid(), lead: z.string().nullable() })
      .nullable()
      .describe('the joint opportunity and the institute that leads it'),
  })
  .meta({ id: 'CallBesideInstitutes' });
export type MatrixRowView = z.infer<typeof MatrixRowView>;

export const matrixRowView = ({ call, fits, interests, joint }: MatrixRow, now: Date): MatrixRowView => ({
  call: {
    id: call.id,
    title: oneLine(call.content.title),
    kind: call.content.kind,
    identifier: call.content.identifier,
    language: call.content.language,
    status: statusAt(call, now),
    nextDeadline: nextDeadlineOf(call, now),
  },
  fits: Object.fromEntries(fits),
  wants: interests.map((i) => i.profileId),
  wouldLead: interests.filter((i) => i.leads).map((i) => i.profileId),
  joint: joint && { id: joint.id, lead: joint.leadId },
});
