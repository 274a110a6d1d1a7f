import type { ComponentChildren } from 'preact';
import { programmeName } from '../../calls/domain/names-in.js';
import type { Actor } from '../../access/domain/actor.js';
import { reasonSentence } from '../../notifications/domain/facts/reason.js';
import { unmetSentence } from '../domain/preference-sentences.js';
import { unmetPreferences } from '../domain/preferences.js';
import type { Profile } from '../domain/profile.js';
import { nameIn } from '../domain/name-in.js';
import type { BestCall } from '../../matching/preview.js';
import { But, DaysLeft, Empty, Field, Score } from '../../ui/parts.js';
import { withQuery } from '../../ui/query.js';
import type { Viewer } from '../../ui/viewer.js';
import { CompetenceList } from './competence-fields.js';
import { LanguageChoice } from './contact-fields.js';
import type { CompetenceFields } from './profile-form.js';
import type { Errors } from './profile-sent.js';

/** What the first step asks, carried to the second. */
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
  said: 'start.drafted' | 'start.nothing-drafted' | 'start.stale' | null;
}

const STEPS = ['start.step.who', 'start.step.what', 'start.step.matches'] as const;
const pathOf = (id: string): string => `/institutes/${id}/start`;

function Frame({
  v,
  step,
  title,
  children,
}: {
  v: Viewer;
  step: 0 | 1 | 2;
  title: string;
  children: ComponentChildren;
}) {
  return (
    <>
      <ol class="steps" aria-label={v.t('start.steps')}>
        {STEPS.map((key, i) => (
          <li key={key} aria-current={i === step ? 'step' : undefined} class={i < step ? 'done' : undefined}>
            {v.t(key)}
          </li>
        ))}
      </ol>
      <h1>{title}</h1>
      {children}
    </>
  );
}

/** First: who the institute is, and whether its mails come to whoever is here. */
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
    <Frame v={v} step={0} title={v.t('start.who', { name: actor.name })}>
      <p class="lead">{v.t('start.who.help')}</p>
      <form method="get" action={`${pathOf(profile.id)}/profile`} class="card narrow">
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
        <p>
          <button type="submit" class="primary">
            {v.t('start.next')}
          </button>
        </p>
      </form>
    </Frame>
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

/** Second: what it does, drafted from a text or as it is known, to be corrected. */
export function WhatStep({ v, profile, state }: { v: Viewer; profile: Profile; state: WhatState }) {
  const { who, competences, errors } = state;
  const at = `${pathOf(profile.id)}/profile`;
  const hasList = competences.length > 0;
  return (
    <Frame v={v} step={1} title={v.t('start.what', { name: nameIn(who.name, 'name', v.language) })}>
      {state.said && (
        <p class={state.said === 'start.drafted' ? 'said' : 'notice warn'} role="status">
          {v.t(state.said, { n: competences.length })}
        </p>
      )}
      {Object.keys(errors).length > 0 && (
        <p class="notice bad" role="alert">
          {v.t('form.problems', { n: Object.keys(errors).length })}
        </p>
      )}
      <form method="post" action={at} noValidate>
        {/* The form's first button is the one that Enter in a field presses: it goes on, and drafts nothing over what was corrected. */}
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
          <a class="button" href={withQuery(pathOf(profile.id), { ...who })}>
            {v.t('start.back')}
          </a>
          {hasList && (
            <button type="submit" name="action" value="next" class="primary">
              {v.t('start.save')}
            </button>
          )}
        </p>
      </form>
    </Frame>
  );
}

function Match({ v, profile, found: { call, match } }: { v: Viewer; profile: Profile; found: BestCall }) {
  const coming = call.content.deadlines.find((d) => Date.parse(d.at) > v.now.getTime());
  const unmet = unmetPreferences(profile.preferences, call.content, v.now);
  return (
    <li class="card">
      <h3>
        <a href={`/institutes/${profile.id}/calls/${call.id}`} lang={call.content.language}>
          {call.content.title}
        </a>
      </h3>
      <p class="row">
        <Score score={match.score} />
        <DaysLeft v={v} at={coming?.at ?? null} />
        {call.content.programme?.name && (
          <span class="muted">{programmeName(call.content.programme.name, v.language)}</span>
        )}
      </p>
      <p>{reasonSentence(match, v.language)}</p>
      <But v={v} says={unmet.map((u) => unmetSentence(u, v.language))} />
    </li>
  );
}

/** Third: the best calls there are, at once, and what happens from here on. `told`: whether anybody is told of them. */
export function MatchesStep({
  v,
  profile,
  told,
  passing,
  calls,
}: {
  v: Viewer;
  profile: Profile;
  told: boolean;
  passing: number;
  calls: BestCall[];
}) {
  const at = `/institutes/${profile.id}`;
  return (
    <Frame v={v} step={2} title={v.t('start.matches', { n: calls.length })}>
      {calls.length === 0 ? (
        <Empty title={v.t('start.no-matches')}>
          <p>{v.t('start.no-matches.help')}</p>
          <p>
            <a class="button primary" href={`${pathOf(profile.id)}/profile`}>
              {v.t('start.back')}
            </a>
          </p>
        </Empty>
      ) : (
        <>
          <p class="lead">{v.t('start.matches.help', { passing })}</p>
          <ol class="best">
            {calls.map((f) => (
              <Match key={f.call.id} v={v} profile={profile} found={f} />
            ))}
          </ol>
        </>
      )}
      <section class="card" aria-labelledby="next-title">
        <h2 id="next-title">{v.t('start.then')}</h2>
        <ul>
          <li>{v.t('start.then.inbox')}</li>
          <li>{v.t(told ? 'start.then.mail' : 'start.then.no-mail')}</li>
          <li>
            <a href={`${at}/profile`}>{v.t('start.then.profile')}</a>
          </li>
          <li>
            <a href={`${at}/team`}>{v.t('start.then.team')}</a>
          </li>
        </ul>
        <p class="row">
          <a class="button primary" href={`${at}/inbox`}>
            {v.t('start.to-inbox')}
          </a>
          <a class="button" href={`${pathOf(profile.id)}/profile`}>
            {v.t('start.back')}
          </a>
        </p>
      </section>
    </Frame>
  );
}
