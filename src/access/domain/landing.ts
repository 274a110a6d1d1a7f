import { ofNetwork, type Actor } from '../../kernel/actor.js';

/**
 * Where somebody begins: the network with its institutes, an institute's people with what there is to read.
 */
export const homeOf = (actor: Pick<Actor, 'profileId'>): string =>
  ofNetwork(actor) ? '/institutes' : `/institutes/${actor.profileId}/inbox`;

/**
 * Where somebody lands who has just signed in: an officer who was never there is led through a profile that
 * nobody has confirmed.
 */
export function landingOf(
  person: { role: string; profileId: string | null; lastSeenAt: Date | null },
  institute: { confirmed: boolean } | null,
): string {
  const first = person.role === 'officer' && person.lastSeenAt === null && institute?.confirmed === false;
  return first ? `/institutes/${person.profileId}/start` : homeOf(person);
}
