import type { INestApplicationContext } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PersonRepository } from '../access/store/person.repository.js';
import { SignInLinkRepository } from '../access/store/sign-in-link.repository.js';
import type { Actor, PersonRole } from '../kernel/actor.js';
import type { Language } from '../kernel/language.js';
import { newSecret } from '../platform/access/secret.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';

/** Somebody invented. */
export interface SamplePerson {
  name: string;
  email: string;
  language: Language;
  role: PersonRole;
  profileId: string | null;
}

/** Officers of three institutes of different fields, and the coordination. example.org belongs to nobody. */
export const CLAIRE: SamplePerson = {
  name: 'Claire Exemple',
  email: 'claire@example.org',
  language: 'fr',
  role: 'officer',
  profileId: '3bcar',
};
export const SAM: SamplePerson = {
  name: 'Sam Sample',
  email: 'sam@example.org',
  language: 'en',
  role: 'officer',
  profileId: 'leti',
};
export const LINA: SamplePerson = {
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

/** A look around takes longer than a link that was mailed holds. */
const LINK_MS = 86_400_000;

/** Makes the person, and gives them as whoever acts, and where they sign in: once, today. */
export async function arrive(
  app: INestApplicationContext,
  person: SamplePerson,
  address: string,
): Promise<{ actor: Actor; link: string }> {
  const now = new Date();
  const [id, { secret, hash }] = [randomUUID(), newSecret()];
  await app.get(PersonRepository).add({ ...person, id, createdAt: now, invitedBy: null });
  const expiresAt = new Date(now.getTime() + LINK_MS);
  const kept = { tokenHash: hash, personId: id, createdAt: now, expiresAt, next: null };
  await app.get(SignInLinkRepository).add(kept);
  const profile = person.profileId ? await app.get(ProfileRepository).find(person.profileId) : null;
  const actor: Actor = {
    ...person,
    kind: 'person',
    personId: id,
    profileName: profile?.content.name ?? null,
    writes: true,
    sessionId: null,
    signedInAt: null,
  };
  return { actor, link: `${address}/sign-in/${secret}` };
}
