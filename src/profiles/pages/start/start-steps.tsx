import type { Actor } from '../../../kernel/actor.js';
import { isUndescribed, type Profile } from '../../domain/profile.js';
import { nameIn } from '../../domain/name-in.js';
import { Field } from '../../../ui/parts.js';
import { withQuery } from '../../../ui/address.js';
import type { Viewer } from '../../../ui/viewer.js';
import { CompetenceList } from '../competences/competence-fields.js';
import { LanguageChoice } from '../contact-fields.js';
import type { CompetenceFields } from '../profile-form.js';
import type { Errors } from '../form-errors.js';
import { StartFrame, startPath } from './start-frame.js';

/** The answers of the first step, carried to the second. */
export interface Who {
  name: string;
  language: string;
  contact: string;
}
export interface WhatState {
  who: Who;
  text: string;
  competences: CompetenceFields[];
  errors: Errors;
  version: number;
  fresh: number | null;
  flash: 'start.drafted' | 'start.nothing-drafted' | 'start.stale' | null;
}

/** First: who the institute is, and whether the user gets its e-mails. */
export function WhoStep({
  v,
  actor,
  profile,
  who,
  errors,
}: {
  v: Viewer;
  actor: Actor;
  profile: Profile;
  who: Who;
  errors: Errors;
}) {
  const known = profile.contacts.map((c) => c.email);
  return (
    <StartFrame v={v} step={0} title={v.t('start.who', { name: actor.name })}>
      <p class="lead">{v.t('start.who.help')}</p>
      <form method="get" action={`${startPath(profile.id)}/profile`} class="card narrow">
        <Field id="name" label={v.t('profile.name')} error={errors['name']}>
          <input
            id="name"
            name="name"
            value={who.name}
            maxLength={200}
            aria-describedby={errors['name'] && 'name-error'}
          />
        </Field>
        <LanguageChoice v={v} id="language" value={who.language} label={v.t('profile.language')} />
        {known.length > 0 && <p>{v.t('start.contacts', { list: known.join(', ') })}</p>}
        {actor.email && !known.includes(actor.email) && (
          <p>
            <label class="choice">
              <input type="checkbox" name="contact" value="me" checked={who.contact === 'me'} />
              {v.t('start.contact', { email: actor.email })}
            </label>
          </p>
        )}
        <p class="row">
          <button type="submit" class="primary">
            {v.t('start.next')}
          </button>
          {!isUndescribed(profile) && <a href={`/institutes/${profile.id}/inbox`}>{v.t('start.skip')}</a>}
        </p>
      </form>
    </StartFrame>
  );
}

function Describe({
  v,
  text,
  hasList,
  error,
}: {
  v: Viewer;
  text: string;
  hasList: boolean;
  error: string | undefined;
}) {
  return (
    <section class="card" aria-labelledby="describe-title">
      <h2 id="describe-title">{v.t('start.describe')}</h2>
      <Field id="text" label={v.t('start.text')} help={v.t('start.text.help')} error={error}>
        <textarea id="text" name="text" rows={10} maxLength={20_000} aria-describedby="text-help">
          {text}
        </textarea>
      </Field>
      <p class="row">
        <button type="submit" name="action" value="draft" class={hasList ? undefined : 'primary'}>
          {v.t(hasList ? 'start.draft-again' : 'start.draft')}
        </button>
        {hasList && (
          <button type="submit" name="action" value="draft-more">
            {v.t('start.draft-more')}
          </button>
        )}
      </p>
    </section>
  );
}

/** Second: what it does, drafted from a text or as known, for correction. */
export function WhatStep({ v, profile, state }: { v: Viewer; profile: Profile; state: WhatState }) {
  const { who, competences, errors } = state;
  const at = `${startPath(profile.id)}/profile`;
  const hasList = competences.length > 0;
  return (
    <StartFrame v={v} step={1} title={v.t('start.what', { name: nameIn(who.name, 'name', v.language) })}>
      {state.flash && (
        <p class={state.flash === 'start.drafted' ? 'flash' : 'notice warn'} role="status">
          {v.t(state.flash, { n: competences.length })}
        </p>
      )}
      {Object.keys(errors).length > 0 && (
        <p class="notice bad" role="alert">
          {v.t('form.problems', { n: Object.keys(errors).length })}
        </p>
      )}
      <form method="post" action={at} noValidate>
        {/* Enter in a field presses the form's first button: it saves, so that nothing is drafted again. */}
        {hasList && (
          <button type="submit" class="hidden-visually" tabIndex={-1} aria-hidden="true">
            {v.t('start.save')}
          </button>
        )}
        <input type="hidden" name="version" value={state.version} />
        {(Object.entries(who) as [string, string][]).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Describe v={v} text={state.text} hasList={hasList} error={errors['text']} />
        {hasList && (
          <div id="workbench">
            <h2>{v.t('profile.competences')}</h2>
            <p class="muted">{v.t('start.correct')}</p>
            <CompetenceList v={v} list={competences} errors={errors} brief fresh={state.fresh} at={at} />
          </div>
        )}
        <p class="row step-end">
          <a class="button" href={withQuery(startPath(profile.id), { ...who })}>
            {v.t('start.back')}
          </a>
          {hasList && (
            <button type="submit" name="action" value="next" class="primary">
              {v.t('start.save')}
            </button>
          )}
        </p>
      </form>
    </StartFrame>
  );
}
