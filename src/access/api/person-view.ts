import { z } from 'zod';
import { PersonRole } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import type { PersonEntity } from '../store/person.entity.js';

/** A person who can sign in, as colleagues and the network see them. */
export const PersonView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    language: Language,
    role: PersonRole,
    invitedBy: z
      .string()
      .nullable()
      .describe('the name of the person who invited them; null for the operator'),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().nullable().describe('null if they have never signed in'),
    leavesAt: z.iso
      .datetime()
      .nullable()
      .describe('when they will be removed at the request of the network, unless the institute keeps them'),
    insideFrom: z.iso
      .datetime()
      .nullable()
      .describe(
        'they see what lies inside the institute from then on, because the network let them in after others; null if they see all of it',
      ),
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof PersonView>;

export const personView = ({
  id,
  name,
  email,
  language,
  role,
  invitedBy,
  createdAt,
  lastSeenAt,
  leavesAt,
  insideFrom,
}: PersonEntity): PersonView => ({
  id,
  name,
  email,
  language,
  role,
  invitedBy,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
  leavesAt: leavesAt?.toISOString() ?? null,
  insideFrom: insideFrom?.toISOString() ?? null,
});
