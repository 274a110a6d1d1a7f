import { ofNetwork, type Actor } from '../../kernel/actor.js';
import { roleHolds, type PersonRole } from '../../kernel/roles.js';

/** The start page: the list of institutes for the network, the inbox for an institute's people. */
export const homeOf = (actor: Pick<Actor, 'profileId'>): string =>
  ofNetwork(actor) ? '/institutes' : `/institutes/${actor.profileId}/inbox`;

/** The page after sign-in: an officer's first visit leads through the profile if nobody has confirmed it. */
export function landingOf(
  person: { role: PersonRole; profileId: string | null; lastSeenAt: Date | null },
  institute: { confirmed: boolean } | null,
): string {
  const first =
    roleHolds(person.role, 'profile.write') && person.lastSeenAt === null && institute?.confirmed === false;
  return first ? `/institutes/${person.profileId}/start` : homeOf(person);
}
