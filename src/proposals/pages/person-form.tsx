import { labelIn, type Labelled } from '../../profiles/domain/names-in.js';
import { ResearcherInput, type ResearcherView } from '../api/researcher-views.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { languageTitleTo } from '../../i18n/message.js';
import { Language } from '../../kernel/language.js';
import { readForm, severalIn } from '../../ui/form.js';

/** The values of the form about a person, as typed or as stored. */
interface PersonTyped {
  name: string;
  email: string;
  language: string;
  competences: string[];
}

/** A person in a form that was not submitted yet, or must be corrected. */
export interface PersonDraft {
  typed: PersonTyped;
  errors: Record<string, string>;
}

export const draftOf = ({ name, email, language, competences }: ResearcherView): PersonDraft => ({
  typed: { name, email, language, competences },
  errors: {},
});

function LanguageChoice({ v, draft }: { v: Viewer; draft: PersonDraft }) {
  return (
    <fieldset>
      <legend>{v.t('people.language')}</legend>
      <div class="row">
        {Language.options.map((language) => (
          <label key={language} class="choice">
            <input
              type="radio"
              name="language"
              value={language}
              required
              checked={draft.typed.language === language}
            />
            {languageTitleTo(v.language, language)}
          </label>
        ))}
      </div>
      {draft.errors['language'] && <p class="error">{draft.errors['language']}</p>}
    </fieldset>
  );
}

/** The fields about a person: name, address, language and competences. */
export function PersonFields({
  v,
  draft,
  competences,
}: {
  v: Viewer;
  draft: PersonDraft;
  competences: Labelled[];
}) {
  const { typed, errors } = draft;
  return (
    <>
      <Field id="name" label={v.t('form.name')} error={errors['name']}>
        <input
          id="name"
          name="name"
          value={typed.name}
          required
          maxLength={200}
          autocomplete="off"
          aria-describedby={errors['name'] && 'name-error'}
        />
      </Field>
      <Field id="email" label={v.t('form.email')} error={errors['email']}>
        <input
          id="email"
          name="email"
          type="email"
          value={typed.email}
          required
          maxLength={320}
          autocomplete="off"
          aria-describedby={errors['email'] && 'email-error'}
        />
      </Field>
      <LanguageChoice v={v} draft={draft} />
      {competences.length > 0 && (
        <fieldset aria-describedby="competences-help">
          <legend>{v.t('profile.competences')}</legend>
          {competences.map(({ label, ...c }) => (
            <label key={label} class="choice">
              <input
                type="checkbox"
                name="competences"
                value={label}
                checked={typed.competences.includes(label)}
              />
              <span>{labelIn({ label, ...c }, v.language)}</span>
            </label>
          ))}
          <p class="muted small" id="competences-help">
            {v.t('people.competences-help')}
          </p>
        </fieldset>
      )}
    </>
  );
}

interface FormOptions {
  v: Viewer;
  profileId: string;
  draft: PersonDraft;
  competences: Labelled[];
  known: ResearcherView | null;
}

/** The form to add or change a person, with a button to remove them from the list. */
export function PersonForm({ v, profileId, draft, competences, known }: FormOptions) {
  const people = `/institutes/${profileId}/people`;
  const action = known ? `${people}/${known.id}` : people;
  return (
    <div class="narrow">
      <p>
        <a href={people}>{v.t('people.back')}</a>
      </p>
      <h1>{known ? v.t('people.edit-title', { name: known.name }) : v.t('people.add')}</h1>
      <form method="post" action={action} class="card">
        <PersonFields v={v} draft={draft} competences={competences} />
        {known && known.gone.length > 0 && (
          <p class="notice warn">{v.t('people.gone-help', { competences: known.gone.join(', ') })}</p>
        )}
        <div class="row">
          <button type="submit" class="primary">
            {v.t('form.save')}
          </button>
          <a href={people}>{v.t('form.cancel')}</a>
        </div>
      </form>
      {known && (
        <section class="card">
          <h2>{v.t('people.remove-title')}</h2>
          <p>{v.t('people.remove-why')}</p>
          <form method="post" action={`${action}/remove`}>
            <button type="submit" class="danger">
              {v.t('people.remove', { name: known.name })}
            </button>
          </form>
        </section>
      )}
    </div>
  );
}

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
  errors: { email: v.t('problem.researcher-exists') },
});
