import { z } from 'zod';
import { ResearcherInput } from '../api/researcher-views.js';
import { readForm, type Sent } from '../../ui/form.js';
import type { Viewer } from '../../ui/viewer.js';
import type { PersonDraft } from './person-form.js';

/** Boxes that are ticked: none is not there, one is no list. */
const Ticked = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  ResearcherInput.shape.competences,
);
const PersonSent = z.object({ ...ResearcherInput.shape, competences: Ticked }) as z.ZodType<ResearcherInput>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What was sent about a person, as it was typed. */
function typedIn(body: unknown): PersonDraft['typed'] {
  const { name, email, language, competences } = (body ?? {}) as Record<string, unknown>;
  return {
    name: text(name),
    email: text(email),
    language: text(language),
    competences: [competences].flat().map(text),
  };
}

/** Reads the form about a person: the person, or the form with what is wrong with it. */
export function readPerson(v: Viewer, body: unknown): { input: ResearcherInput } | { draft: PersonDraft } {
  const sent: Sent<ResearcherInput> = readForm(PersonSent, body, v.language);
  return sent.ok ? { input: sent.value } : { draft: { typed: typedIn(body), errors: sent.errors } };
}

/**
 * The form as it was sent, with what turned out wrong when the person was to be stored: somebody has that
 * address.
 */
export const takenDraft = (v: Viewer, body: unknown): PersonDraft => ({
  typed: typedIn(body),
  errors: { email: v.t('people.taken') },
});
