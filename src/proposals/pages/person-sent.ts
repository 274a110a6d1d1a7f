import { ResearcherInput } from '../api/researcher-views.js';
import { readForm, severalIn } from '../../ui/form.js';
import type { Viewer } from '../../ui/viewer.js';
import type { PersonDraft } from './person-form.js';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The submitted values about a person, as typed. */
function typedIn(body: unknown): PersonDraft['typed'] {
  const { name, email, language, competences } = (body ?? {}) as Record<string, unknown>;
  return {
    name: text(name),
    email: text(email),
    language: text(language),
    competences: [competences].flat().map(text),
  };
}

/** Reads the form about a person: returns the person, or the form with its errors. */
export function readPerson(v: Viewer, body: unknown): { input: ResearcherInput } | { draft: PersonDraft } {
  const sent = readForm(ResearcherInput, body, v.language, ({ name, email, language, competences }) => ({
    name,
    email,
    language,
    competences: severalIn(competences),
  }));
  return sent.ok ? { input: sent.value } : { draft: { typed: typedIn(body), errors: sent.errors } };
}

/** The submitted form with the error found on storing: the address is taken. */
export const takenDraft = (v: Viewer, body: unknown): PersonDraft => ({
  typed: typedIn(body),
  errors: { email: v.t('people.taken') },
});
