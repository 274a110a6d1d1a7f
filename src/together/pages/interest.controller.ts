import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CallDossier } from '../../calls/api/call-dossier.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { readForm, severalIn, type FormFields } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { InterestInput } from '../domain/interest.js';
import { Interests } from '../interests.js';
import { InterestPage, typedOf, type InterestTyped } from './interest-page.js';

const Id = z.uuid();
const several = (value: unknown): string[] =>
  [value].flat().filter((v): v is string => typeof v === 'string' && v !== '');
const interestIn = (fields: FormFields): FormFields => ({
  brings: fields['brings'],
  competences: severalIn(fields['competences']),
  leads: fields['leads'] === 'true',
  tell: fields['tell'] === 'true',
});

/** The pages to open and withdraw an institute's interest in a call. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call/interest')
export class InterestPages {
  constructor(
    private readonly interests: Interests,
    private readonly dossier: CallDossier,
  ) {}

  @Needs('joint.read', 'profile')
  @Get()
  show(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('call', { schema: Id }) callId: string,
  ): Promise<string> {
    return this.render(v, profileId, callId, null);
  }

  @Needs('joint.write', 'profile')
  @Post()
  async open(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('call', { schema: Id }) callId: string,
    @Body() body: Record<string, unknown>,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(InterestInput, body, v.language, interestIn);
    if (sent.ok) {
      await this.interests.open(actor, profileId, callId, sent.value);
      return redirectWithFlash(response, `/institutes/${profileId}/calls/${callId}`, 'flash.interest-open');
    }
    const typed = {
      brings: sent.typed['brings'] ?? '',
      competences: several(body['competences']),
      leads: sent.typed['leads'] === 'true',
      tell: sent.typed['tell'] === 'true',
    };
    response
      .status(422)
      .type('html')
      .send(await this.render(v, profileId, callId, { typed, errors: sent.errors }));
  }

  @Needs('joint.write', 'profile')
  @Post('withdraw')
  async withdraw(
    @Param('profile') profileId: string,
    @Param('call', { schema: Id }) callId: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.interests.withdraw(profileId, callId);
    redirectWithFlash(response, `/institutes/${profileId}/calls/${callId}`, 'flash.interest-withdrawn');
  }

  private async render(
    v: Viewer,
    profileId: string,
    callId: string,
    sent: { typed: InterestTyped; errors: Record<string, string> } | null,
  ): Promise<string> {
    const [{ id, title, language }, own, all] = await Promise.all([
      this.dossier.call(callId, v.language),
      this.interests.own(profileId, callId),
      this.interests.forCall(callId),
    ]);
    const others = all.filter((i) => i.id !== profileId);
    return page(
      v,
      { title: v.t('together.title'), place: 'calls', styles: ['network'] },
      InterestPage({
        v,
        profileId,
        call: { id, title, language },
        own,
        others,
        ...(sent ?? { typed: typedOf(own), errors: {} }),
      }),
    );
  }
}
