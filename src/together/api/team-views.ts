import { z } from 'zod';
import { Contactable } from '../../funded-projects/domain/whom-to-call.js';
import { LEVELS } from '../../network/domain/coverage.js';

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
          .array(
            z.object({
              pic: z.string(),
              name: z.string(),
              country: z.string(),
              projects: z.array(z.string()).describe('acronyms'),
            }),
          )
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
