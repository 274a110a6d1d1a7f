import { z } from 'zod';
import { Deadline } from '../../calls/domain/call-content.js';
import { STATUSES } from '../../calls/domain/status.js';

const Member = z.object({ id: z.string(), name: z.string() });

export const GroupView = z
  .object({
    id: z.string(),
    name: z.object({ fr: z.string(), en: z.string() }),
    members: z.array(Member).describe('by id'),
    confirmed: z
      .boolean()
      .describe('whether its members were checked against a public source or by the members themselves'),
    source: z.string().nullable().describe('where the membership comes from, and what is uncertain'),
    sourceByLanguage: z
      .object({ fr: z.string(), en: z.string() })
      .nullable()
      .describe('the same in each language, if given in both'),
  })
  .meta({ id: 'Group' });
export type GroupView = z.infer<typeof GroupView>;

export const GroupMatch = z
  .object({
    call: z.object({
      id: z.uuid(),
      title: z.string(),
      identifier: z.string().nullable(),
      programme: z.string().nullable(),
      status: z.enum(STATUSES),
      deadlines: z.array(Deadline),
      url: z.string().nullable(),
    }),
    score: z
      .number()
      .describe(
        "for the group, 0 to 100: 70 % of the best member's score; each further member adds at most 30 % of what the previous one adds",
      ),
    members: z
      .array(Member.extend({ score: z.number().describe('0 to 100') }))
      .describe('institutes that it fits, best first'),
  })
  .meta({ id: 'GroupMatch' });
export type GroupMatch = z.infer<typeof GroupMatch>;
