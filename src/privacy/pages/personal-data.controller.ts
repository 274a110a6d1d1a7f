import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Conflict } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import { InPerson, JustSignedIn } from '../../platform/access/presence.js';
import { CurrentActor, Needs, Oneself } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/heavy-answers.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { NOTHING_TYPED, type Typed } from '../../ui/typed.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { ConfirmForm, EraseForm, WhoseForm } from '../api/personal-data.controller.js';
import { ChangedSince, Personal, type Preview } from '../personal.js';
import { ErasurePage } from './erasure-page.js';
import { PersonalDataPage } from './personal-data-page.js';

/** A person's own data, and data that their institute keeps about others. */
@ApiExcludeController()
@Oneself()
@Controller('personal-data')
export class PersonalDataPages {
  constructor(private readonly personal: Personal) {}

  @Get()
  show(@View() v: Viewer): string {
    return this.page(v, NOTHING_TYPED);
  }

  @InPerson()
  @Heavy()
  @Post('download')
  async download(@CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    this.send(response, await this.personal.own(actor));
  }

  @Get('erase')
  async previewOwn(@View() v: Viewer, @CurrentActor() actor: Actor): Promise<string> {
    return this.erasure(v, await this.personal.previewOwn(actor), null, null);
  }

  @JustSignedIn()
  @Post('erase')
  async eraseOwn(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const form = readForm(ConfirmForm, body, v.language);
    const refused = form.ok
      ? await this.refusal(v, this.personal.eraseOwn(actor, form.value.confirm))
      : v.t('personal.changed');
    if (refused === null) return redirectWithFlash(response, '/sign-in', 'flash.erased');
    const preview = await this.personal.previewOwn(actor);
    response
      .status(409)
      .type('html')
      .send(this.erasure(v, preview, null, refused));
  }

  @Needs('personal-data.write')
  @JustSignedIn()
  @Heavy()
  @Post('of/download')
  async downloadOf(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const form = readForm(WhoseForm, body, v.language);
    if (!form.ok) return this.again(v, response, 422, form);
    this.send(response, await this.personal.ofAddress(actor, form.value.email));
  }

  @Needs('personal-data.write')
  @JustSignedIn()
  @Post('of/preview')
  async previewOf(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const form = readForm(WhoseForm, body, v.language);
    if (!form.ok) return this.again(v, response, 422, form);
    const { email } = form.value;
    const preview = await this.personal.previewAddress(actor, email);
    response.type('html').send(this.erasure(v, preview, email, null));
  }

  @Needs('personal-data.write')
  @JustSignedIn()
  @Post('of/erase')
  async eraseOf(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const form = readForm(EraseForm, body, v.language);
    if (!form.ok) return this.again(v, response, 422, form);
    const { email, confirm } = form.value;
    const refused = await this.refusal(v, this.personal.eraseAddress(actor, email, confirm));
    if (refused === null)
      return redirectWithFlash(
        response,
        email === actor.email ? '/sign-in' : '/personal-data',
        'flash.erased',
      );
    const preview = await this.personal.previewAddress(actor, email);
    response
      .status(409)
      .type('html')
      .send(this.erasure(v, preview, email, refused));
  }

  private async refusal(v: Viewer, erasing: Promise<unknown>): Promise<string | null> {
    try {
      await erasing;
      return null;
    } catch (error) {
      if (error instanceof ChangedSince) return v.t('personal.changed');
      if (!(error instanceof Conflict)) throw error;
      return v.t(v.actor?.profileId ? 'team.last' : 'team.last.coordinator');
    }
  }

  private send(response: Response, data: object): void {
    response.attachment('personal-data.json');
    response.type('json').send(JSON.stringify(data, null, 2));
  }

  private again(v: Viewer, response: Response, status: number, sent: Typed): void {
    response.status(status).type('html').send(this.page(v, sent));
  }

  private page(v: Viewer, sent: Typed): string {
    return page(v, { title: v.t('personal.title') }, PersonalDataPage({ v, sent }));
  }

  private erasure(v: Viewer, preview: Preview, email: string | null, refused: string | null): string {
    return page(v, { title: v.t('personal.erase') }, ErasurePage({ v, preview, email, refused }));
  }
}
