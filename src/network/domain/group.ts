import { issue } from '../../kernel/issues.js';
import { type Language, namedIn } from '../../kernel/language.js';
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
  /** Whether its members share a sector: the cockpit puts institutes under the first sector they are in. */
  sector: z.boolean().optional(),
  /** The source of the membership, and what is uncertain. */
  source: GroupSource.default(''),
});
export type Group = z.infer<typeof Group>;

export const belongsTo = (group: Pick<Group, 'members'>, profileId: string): boolean =>
  group.members === 'all' || group.members.includes(profileId);

/** Puts institutes under the first sector each is in, in the order of the groups; the others come last. */
export function bySector<T extends { id: string }>(
  institutes: readonly T[],
  groups: readonly Group[],
  language: Language,
): { name: string | null; institutes: T[] }[] {
  const sectors = groups.filter(({ sector }) => sector);
  const sectorOf = ({ id }: T): Group | undefined => sectors.find((group) => belongsTo(group, id));
  return [...sectors, undefined]
    .map((sector) => ({
      name: sector ? namedIn(sector.name, language) : null,
      institutes: institutes.filter((institute) => sectorOf(institute) === sector),
    }))
    .filter((group) => group.institutes.length > 0);
}
