import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { ComponentChild } from 'preact';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, may } from '../../../kernel/actor.js';
import { type Competence, isUndescribed, Profile } from '../../domain/profile.js';
import {
  bodyOf,
  competenceFields,
  type CompetenceFields,
  rearrangedCompetences,
  typedCompetences,
} from '../profile-form.js';
import { writtenCompetences } from '../written-profile.js';
import { type WhatState, WhatStep, type Who, WhoStep } from './start-steps.js';
import { LONGEST_DESCRIPTION } from '../../../matching/domain/drafting/draft.js';
import { ProfileDrafting } from '../../../explain/drafting.js';
import { ProfilePreview } from '../../../explain/preview.js';
import { SaveWarnings } from '../../../explain/save-warnings.js';
import { MyPreferences } from '../../../notifications/my-preferences.js';
import { InstituteOverview } from '../../../access/api/institute-overview.js';
import { Profiles, type Standing } from '../../profiles.js';
import { CurrentActor, Needs } from '../../../platform/access/rule.js';
import { Gone } from '../../../platform/api/gone.js';
import { PageQuery, plainText } from '../../../ui/form.js';
import { page } from '../../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../../ui/viewer.js';
import { headOf } from '../profile-page.js';
import { inWords, readAs } from '../profile-sent.js';
import { MatchesStep } from './start-matches.js';

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
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @PageQuery(WHO) asked: AskedWho,
  ): Promise<string> {
    const standing = await this.profiles.get(id);
    const { content } = standing.profile;
    const who = whoOf(content, asked, actor);
    const read = Profile.shape.name.safeParse(who.name);
    if (read.success)
      return this.whatStep(v, standing, { who, competences: shipped(content).map(competenceFields) });
    response.status(422);
    return framed(
      v,
      content,
      WhoStep({ v, actor, profile: content, who, errors: { name: inWords(v, 'name', 'empty', '') } }),
    );
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
  ): Promise<string | void> {
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
      return this.drafted({ v, actor, gone, response }, standing, state, action === 'draft-more');
    const read = readAs(v, startedProfile(standing.profile.content, who, competences, actor));
    response.status(422);
    if ('errors' in read) return this.whatStep(v, standing, { ...state, errors: read.errors });
    const warnings = this.warnings.forProfile(read.profile, actor);
    const edited = await this.profiles.save(read.profile, actor, { version });
    if (edited.outcome !== 'stale' && who.contact !== 'me' && asksWhom(actor, read.profile))
      await this.preferences.decline(actor, { kind: 'profile', target: id });
    if (edited.outcome !== 'stale')
      return (await warnings).length
        ? redirectWithFlash(response, `${pathOf(id)}/matches`, 'flash.saved-flood')
        : response.redirect(303, `${pathOf(id)}/matches`);
    response.status(409);
    return this.whatStep(v, edited, { ...state, version: edited.version, flash: 'start.stale' });
  }

  @Needs('profile.write', 'profile')
  @Get('matches')
  async matches(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') id: string,
  ): Promise<string> {
    const { content } = (await this.profiles.get(id)).profile;
    // Contacts are asked first; followers of the institute are notified without being contacts.
    const told = content.contacts.length > 0 || (await this.institutes.hasRecipients(id));
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
    { v, actor, gone, response }: { v: Viewer; actor: Actor; gone: AbortSignal; response: Response },
    standing: Standing,
    state: Pick<WhatState, 'who' | 'text' | 'version' | 'competences'>,
    more: boolean,
  ): Promise<string> {
    const text = plainText(state.text);
    if (text.length < SHORTEST_TEXT || text.length > LONGEST_DESCRIPTION) {
      response.status(422);
      return this.whatStep(v, standing, {
        ...state,
        errors: { text: v.t('start.text.wrong', { min: SHORTEST_TEXT, max: LONGEST_DESCRIPTION }) },
      });
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
