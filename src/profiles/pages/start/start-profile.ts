import type { Actor } from '../../../kernel/actor.js';
import type { Profile } from '../../domain/profile.js';
import type { CompetenceFields } from '../profile-form.js';
import { writtenCompetences } from '../written-profile.js';
import type { Who } from './start-steps.js';

/**
 * The profile after the first visit, for the schema to validate; includes its author as a contact if they
 * asked for that.
 */
export function startedProfile(
  saved: Profile,
  who: Who,
  competences: CompetenceFields[],
  actor: Actor,
): object {
  const { email, name, language } = actor;
  const isNew = email !== null && !saved.contacts.some((c) => c.email.toLowerCase() === email.toLowerCase());
  const me = who.contact === 'me' && isNew ? [{ name, email, ...(language && { language }) }] : [];
  return {
    ...saved,
    name: who.name,
    language: who.language,
    competences: writtenCompetences(competences, saved),
    contacts: [...saved.contacts, ...me],
  };
}
