import type { INestApplicationContext } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PersonRepository } from '../access/store/person.repository.js';
import { SignInLinkRepository } from '../access/store/sign-in-link.repository.js';
import { DAY_MS } from '../kernel/durations.js';
import type { Actor, PersonRole } from '../kernel/actor.js';
import type { Language } from '../kernel/language.js';
import { newSecret } from '../platform/access/secret.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';

/** An invented person, of an institute or of the network. */
export interface SamplePerson<P extends string | null = string | null> {
  name: string;
  email: string;
  language: Language;
  role: PersonRole;
  profileId: P;
}

/** Officers of three institutes in different fields, and a coordinator. example.org belongs to nobody. */
export const CLAIRE: SamplePerson<string> = {
  name: 'Claire Exemple',
  email: 'claire@example.org',
  language: 'fr',
  role: 'officer',
  profileId: '3bcar',
};
export const SAM: SamplePerson<string> = {
  name: 'Sam Sample',
  email: 'sam@example.org',
  language: 'en',
  role: 'officer',
  profileId: 'leti',
};
export const LINA: SamplePerson<string> = {
  name: 'Lina Exemple',
  email: 'lina@example.org',
  language: 'fr',
  role: 'officer',
  profileId: 'list',
};
export const ALIX: SamplePerson = {
  name: 'Alix Exemple',
  email: 'alix@example.org',
  language: 'fr',
  role: 'coordinator',
  profileId: null,
};

/** A demo takes longer than a sign-in link usually lasts. */
const LINK_MS = DAY_MS;

/** Creates the person and returns them as an actor, with a link that signs them in once, today. */
export async function arrive<P extends string | null>(
  app: INestApplicationContext,
  person: SamplePerson<P>,
  address: string,
): Promise<{ actor: Actor & { profileId: P }; link: string }> {
  const now = new Date();
  const [id, { secret, hash }] = [randomUUID(), newSecret()];
  await app.get(PersonRepository).add({ ...person, id, createdAt: now, invitedBy: null, invitedById: null });
  const expiresAt = new Date(now.getTime() + LINK_MS);
  const kept = { tokenHash: hash, personId: id, createdAt: now, expiresAt, next: null };
  await app.get(SignInLinkRepository).add(kept);
  const profile = person.profileId ? await app.get(ProfileRepository).find(person.profileId) : null;
  const actor = {
    ...person,
    kind: 'person' as const,
    personId: id,
    profileName: profile?.content.name ?? null,
    writes: true,
    sessionId: null,
    signedInAt: null,
  };
  return { actor, link: `${address}/sign-in/${secret}` };
}
