import { issue } from '../../kernel/issues.js';
import { z } from 'zod';

const Source = z.string().trim().max(1000);
/** The source of some information: in both languages, or as written in one. */
const GroupSource = z.union([Source, z.strictObject({ fr: Source.min(2), en: Source.min(2) })]);

/**
 * Institutes that bid together or work in one sector. Members are institute ids; `all` means all institutes,
 * including later ones.
 */
export const Group = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, issue('id')),
  name: z.strictObject({ fr: z.string().trim().min(2).max(200), en: z.string().trim().min(2).max(200) }),
  members: z.union([z.literal('all'), z.array(z.string().min(1).max(63)).min(1).max(200)]),
  /** Whether the membership was checked against a public source or by the members themselves. */
  confirmed: z.boolean().default(false),
  /** The source of the membership, and what is uncertain. */
  source: GroupSource.default(''),
});
export type Group = z.infer<typeof Group>;

/** Whether an institute belongs to a group. */
export const belongsTo = (group: Pick<Group, 'members'>, profileId: string): boolean =>
  group.members === 'all' || group.members.includes(profileId);
