import { z } from 'zod';
import { ResearcherInput } from '../api/researcher-views.js';
import { readForm, type Sent } from '../../ui/form.js';
import type { Viewer } from '../../ui/viewer.js';
import type { PersonDraft } from './person-form.js';

/** Checkbox values: missing if none is checked, a single string if one is. */
const Ticked = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  ResearcherInput.shape.competences,
);
const PersonSent = z.object({ ...ResearcherInput.shape, competences: Ticked }) as z.ZodType<ResearcherInput>;

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
  const sent: Sent<ResearcherInput> = readForm(PersonSent, body, v.language);
  return sent.ok ? { input: sent.value } : { draft: { typed: typedIn(body), errors: sent.errors } };
}

/** The submitted form with the error found on storing: the address is taken. */
export const takenDraft = (v: Viewer, body: unknown): PersonDraft => ({
  typed: typedIn(body),
  errors: { email: v.t('people.taken') },
});
