import type { ComponentChild, ComponentChildren } from 'preact';
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { View, type Viewer } from '../../../ui/viewer.js';
import { nextDeadlineAt } from '../../../calls/domain/facts/deadline.js';
import { programmeName } from '../../../calls/domain/names-in.js';
import { matchIn } from '../../../matching/domain/explanation/passage.js';
import { reasonSentence } from '../../../matching/domain/explanation/reason-sentence.js';
import { type BestCall, ProfilePreview } from '../../../explain/preview.js';
import { labelsIn, nameIn } from '../../domain/names-in.js';
import { unmetSentence } from '../../domain/preference-sentences.js';
import { unmetPreferences } from '../../domain/preferences.js';
import { type Competence, isUndescribed, Profile } from '../../domain/profile.js';
import { But, DaysLeft, Empty, Field, Score } from '../../../ui/parts.js';
import { firstDecisionsPath } from '../../../decisions/pages/first-decisions.controller.js';
import { type Actor, may } from '../../../kernel/actor.js';
import { withQuery } from '../../../ui/address.js';
import { CompetenceList } from '../competences/competence-fields.js';
import { ContactsRefused, LanguageChoice } from '../contact-fields.js';
import {
  bodyOf,
  competenceFields,
  type CompetenceFields,
  rearrangedCompetences,
  typedCompetences,
} from '../profile-form.js';
import type { Errors } from '../form-errors.js';
import { writtenCompetences } from '../written-profile.js';
import { LONGEST_DESCRIPTION } from '../../../matching/domain/drafting/draft.js';
import { ProfileDrafting } from '../../../explain/drafting.js';
import { SaveWarnings } from '../../../explain/save-warnings.js';
import { MyPreferences } from '../../../notifications/my-preferences.js';
import { InstituteOverview } from '../../../access/api/institute-overview.js';
import { Profiles, type Standing } from '../../profiles.js';
import { CurrentActor, Needs } from '../../../platform/access/rule.js';
import { Gone } from '../../../platform/api/problem.js';
import { PageQuery, plainText } from '../../../ui/form.js';
import { page } from '../../../ui/page.js';
import { headOf } from '../profile-page.js';
import { inWords, readAs } from '../profile-sent.js';
import { orWhyNot } from '../saved.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

const STEPS = ['start.step.who', 'start.step.what', 'start.step.matches'] as const;
const startPath = (id: string): string => `/institutes/${id}/start`;

/** The steps of a start, and the current one. */
function StartFrame({
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

function Match({ v, profile, found: { call, match } }: { v: Viewer; profile: Profile; found: BestCall }) {
  const unmet = unmetPreferences(profile.preferences, call.content, v.now);
  return (
    <li class="card">
      <h2>
        <a href={`/institutes/${profile.id}/calls/${call.id}`} lang={call.content.language}>
          {call.content.title}
        </a>
      </h2>
      <p class="row">
        <Score score={match.score} />
        <DaysLeft v={v} at={nextDeadlineAt(call.content.deadlines, v.now)} />
        {call.content.programme?.name && (
          <span class="muted">{programmeName(call.content.programme.name, v.language)}</span>
        )}
      </p>
      <p>
        {reasonSentence(matchIn(match, labelsIn(profile.competences, v.language), call.content), v.language)}
      </p>
      <But v={v} says={unmet.map((u) => unmetSentence(u, v.language))} />
    </li>
  );
}

/** What happens next. `first`: whether the reader decides on some calls first. */
function Next({ v, id, told, first }: { v: Viewer; id: string; told: boolean; first: boolean }) {
  const at = `/institutes/${id}`;
  return (
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
        {first && (
          <a class="button primary" href={firstDecisionsPath(id)}>
            {v.t('start.to-first-decisions')}
          </a>
        )}
        <a class={first ? 'button' : 'button primary'} href={`${at}/inbox`}>
          {v.t('start.to-inbox')}
        </a>
        <a class="button" href={`${startPath(id)}/profile`}>
          {v.t('start.back')}
        </a>
      </p>
    </section>
  );
}

/** Third: the best calls right away, and what happens next. `told`: whether anyone is notified of calls.
 * `decides`: whether the reader decides for this institute. */
function MatchesStep({
  v,
  profile,
  told,
  passing,
  decides,
  calls,
}: {
  v: Viewer;
  profile: Profile;
  told: boolean;
  passing: number;
  decides: boolean;
  calls: BestCall[];
}) {
  return (
    <StartFrame v={v} step={2} title={v.t('start.matches', { n: calls.length })}>
      {calls.length === 0 ? (
        <Empty title={v.t('start.no-matches')}>
          <p>{v.t('start.no-matches.help')}</p>
          <p>
            <a class="button primary" href={`${startPath(profile.id)}/profile`}>
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
      <Next v={v} id={profile.id} told={told} first={decides && calls.length > 0} />
    </StartFrame>
  );
}

/** The answers of the first step, carried to the second. */
interface Who {
  name: string;
  language: string;
  contact: string;
}
interface WhatState {
  who: Who;
  text: string;
  competences: CompetenceFields[];
  errors: Errors;
  version: number;
  fresh: number | null;
  flash: 'start.drafted' | 'start.nothing-drafted' | 'start.stale' | null;
}

/** First: who the institute is, and whether the user gets its e-mails. */
function WhoStep({
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
function WhatStep({ v, profile, state }: { v: Viewer; profile: Profile; state: WhatState }) {
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
      <ContactsRefused v={v} says={errors['contacts']} />
      {!errors['contacts'] && Object.keys(errors).length > 0 && (
        <p class="notice bad" role="alert">
          {v.t('form.problems', { n: Object.keys(errors).length })}
        </p>
      )}
      <form
        id="editor"
        method="post"
        action={at}
        noValidate
        data-unsaved={errors['contacts'] ? true : undefined}
      >
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

/**
 * The profile after the first visit, for the schema to validate: confirmed if somebody of the institute has
 * just gone through it; with them as a contact if they asked for that.
 */
function startedProfile(saved: Profile, who: Who, competences: CompetenceFields[], actor: Actor): object {
  const { email, name, language } = actor;
  const isNew = email !== null && !saved.contacts.some((c) => c.email.toLowerCase() === email.toLowerCase());
  const me = who.contact === 'me' && isNew ? [{ name, email, ...(language && { language }) }] : [];
  return {
    ...saved,
    confirmed: saved.confirmed || actor.profileId === saved.id,
    name: who.name,
    language: who.language,
    competences: writtenCompetences(competences, saved),
    contacts: [...saved.contacts, ...me],
  };
}

const FIRST = 10;
const SHORTEST_TEXT = 20;
const WHO = {
  name: z.string().max(300).optional(),
  language: z.string().max(10).optional(),
  contact: z.string().max(10).optional(),
};
type AskedWho = { [K in keyof typeof WHO]?: string };
const Sent = z.object({
  action: z.string().max(40).catch('next'),
  version: z.coerce.number().int().min(0).max(1e9).catch(0),
  text: z.string().catch(''),
  name: z.string().catch(''),
  language: z.string().catch(''),
  contact: z.string().catch(''),
});
const pathOf = (id: string): string => `/institutes/${id}/start`;
/** The first two steps save nothing: URLs and forms carry their answers, so going back loses nothing. */
const whoOf = (profile: Profile, asked: AskedWho, { language }: Actor): Who => ({
  name: asked.name ?? profile.name,
  // Until the institute has confirmed its profile, nobody there has chosen a language but those invited.
  language: asked.language ?? (profile.confirmed ? null : language) ?? profile.language,
  contact: asked.contact ?? (asked.name === undefined ? 'me' : ''),
});
const shipped = (profile: Profile): Competence[] => (isUndescribed(profile) ? [] : profile.competences);

/** The first visit: three steps, from who the institute is to its first matches. */
@ApiExcludeController()
@Controller('institutes/:profile/start')
export class StartPages {
  constructor(
    private readonly profiles: Profiles,
    private readonly drafting: ProfileDrafting,
    private readonly previews: ProfilePreview,
    private readonly warnings: SaveWarnings,
    private readonly preferences: MyPreferences,
    private readonly institutes: InstituteOverview,
  ) {}

  @Needs('profile.write', 'profile')
  @Get()
  async who(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @PageQuery(WHO) asked: AskedWho,
  ): Promise<string> {
    const { content } = (await this.profiles.get(id)).profile;
    this.previews.prepare();
    return framed(
      v,
      content,
      WhoStep({ v, actor, profile: content, who: whoOf(content, asked, actor), errors: {} }),
    );
  }

  @Needs('profile.write', 'profile')
  @Get('profile')
  async what(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @PageQuery(WHO) asked: AskedWho,
  ): Promise<Answer> {
    const standing = await this.profiles.get(id);
    const { content } = standing.profile;
    const who = whoOf(content, asked, actor);
    const read = Profile.shape.name.safeParse(who.name);
    if (read.success)
      return this.whatStep(v, standing, { who, competences: shipped(content).map(competenceFields) });
    const errors = { name: inWords(v, 'name', 'empty', '') };
    return pageWith(422, framed(v, content, WhoStep({ v, actor, profile: content, who, errors })));
  }

  /** Drafts, rearranges, or saves and continues. */
  @Needs('profile.write', 'profile')
  @Post('profile')
  @HttpCode(200)
  async describe(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const standing = await this.profiles.get(id);
    const { action, version, text, ...who } = Sent.parse(bodyOf(body));
    const competences = typedCompetences(bodyOf(body));
    const state = { who, text, version, competences };
    const other = rearrangedCompetences(competences, action);
    if (other)
      return this.whatStep(v, standing, {
        ...state,
        competences: other,
        fresh: action === 'add' ? other.length - 1 : null,
      });
    if (action.startsWith('draft') || competences.length === 0)
      return this.drafted({ v, actor, gone }, standing, state, action === 'draft-more');
    const read = readAs(v, startedProfile(standing.profile.content, who, competences, actor));
    if ('errors' in read) return pageWith(422, this.whatStep(v, standing, { ...state, errors: read.errors }));
    const warnings = this.warnings.forProfile(read.profile, actor);
    const edited = await orWhyNot(v, response, () => this.profiles.save(read.profile, actor, { version }));
    if ('errors' in edited)
      return pageWith(edited.status, this.whatStep(v, standing, { ...state, errors: edited.errors }));
    if (edited.outcome !== 'stale' && who.contact !== 'me' && asksWhom(actor, read.profile))
      await this.preferences.decline(actor, { kind: 'profile', target: id });
    if (edited.outcome !== 'stale')
      return redirectTo(`${pathOf(id)}/matches`, (await warnings).length ? 'flash.saved-flood' : undefined);
    const { version: now } = edited;
    return pageWith(409, this.whatStep(v, edited, { ...state, version: now, flash: 'start.stale' }));
  }

  @Needs('profile.write', 'profile')
  @Get('matches')
  async matches(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') id: string,
  ): Promise<string> {
    const { content } = (await this.profiles.get(id)).profile;
    const told = await this.institutes.isTold(content);
    return framed(
      v,
      content,
      MatchesStep({
        v,
        profile: content,
        told,
        decides: may(actor, 'decision.write', id),
        ...(await this.previews.best(content, FIRST)),
      }),
    );
  }

  private async drafted(
    { v, actor, gone }: { v: Viewer; actor: Actor; gone: AbortSignal },
    standing: Standing,
    state: Pick<WhatState, 'who' | 'text' | 'version' | 'competences'>,
    more: boolean,
  ): Promise<Answer> {
    const text = plainText(state.text);
    if (text.length < SHORTEST_TEXT || text.length > LONGEST_DESCRIPTION) {
      const text = v.t('start.text.wrong', { min: SHORTEST_TEXT, max: LONGEST_DESCRIPTION });
      return pageWith(422, this.whatStep(v, standing, { ...state, errors: { text } }));
    }
    const { competences } = await this.drafting.draft(text, actor, gone);
    const drafted = competences.map(competenceFields);
    if (!drafted.length) return this.whatStep(v, standing, { ...state, flash: 'start.nothing-drafted' });
    return this.whatStep(v, standing, {
      ...state,
      competences: more ? [...state.competences, ...drafted] : drafted,
      flash: 'start.drafted',
    });
  }

  private whatStep(
    v: Viewer,
    { profile, version }: Standing,
    state: Pick<WhatState, 'who' | 'competences'> & Partial<WhatState>,
  ): string {
    const whole = { text: '', errors: {}, version, fresh: null, flash: null, ...state };
    return framed(v, profile.content, WhatStep({ v, profile: profile.content, state: whole }));
  }
}

/** Whether the first step asks if they want e-mails: for people who sign in and are not contacts. */
const asksWhom = ({ personId, email }: Actor, { contacts }: Profile): boolean =>
  personId !== null && email !== null && !contacts.some((c) => c.email.toLowerCase() === email.toLowerCase());

const framed = (v: Viewer, profile: Profile, content: ComponentChild): string =>
  page(
    v,
    {
      title: v.t('start.title'),
      place: 'profile',
      institute: headOf(profile),
      styles: ['profile/profile'],
      scripts: ['profile/profile'],
    },
    content,
  );
