import { Body, ConflictException, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '../../kernel/actor.js';
import { InPerson, JustSignedIn } from '../../platform/access/presence.js';
import { CurrentActor, Oneself } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/heavy-answers.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { NOTHING_TYPED, type Typed } from '../../ui/typed.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { WhoseForm } from '../api/personal-data.controller.js';
import { Personal } from '../personal.js';
import { PersonalDataPage } from './personal-data-page.js';

/** A person's own data, and data that their institute keeps about others. */
@ApiExcludeController()
@Oneself()
@Controller('personal-data')
export class PersonalDataPages {
  constructor(private readonly personal: Personal) {}

  @Get()
  show(@View() v: Viewer): string {
    return this.page(v, NOTHING_TYPED, null);
  }

  @InPerson()
  @Heavy()
  @Post('download')
  async download(@CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    this.send(response, await this.personal.own(actor));
  }

  @JustSignedIn()
  @Post('erase')
  async eraseOwn(@View() v: Viewer, @CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    const refused = await this.refusal(v, this.personal.eraseOwn(actor));
    if (refused) return this.again(v, response, 409, NOTHING_TYPED, refused);
    redirectWithFlash(response, '/sign-in', 'flash.erased');
  }

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
    if (!form.ok) return this.again(v, response, 422, form, null);
    this.send(response, await this.personal.ofAddress(actor, form.value.email));
  }

  @JustSignedIn()
  @Post('of/erase')
  async eraseOf(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const form = readForm(WhoseForm, body, v.language);
    if (!form.ok) return this.again(v, response, 422, form, null);
    const { email } = form.value;
    const refused = await this.refusal(v, this.personal.eraseAddress(actor, email));
    if (refused) return this.again(v, response, 409, { typed: { email }, errors: {} }, refused);
    redirectWithFlash(response, email === actor.email ? '/sign-in' : '/personal-data', 'flash.erased');
  }

  private async refusal(v: Viewer, erasing: Promise<unknown>): Promise<string | null> {
    try {
      await erasing;
      return null;
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
      return v.t(v.actor?.profileId ? 'team.last' : 'team.last.coordinator');
    }
  }

  private send(response: Response, data: object): void {
    response.setHeader('Content-Disposition', 'attachment; filename="personal-data.json"');
    response.type('json').send(JSON.stringify(data, null, 2));
  }

  private again(v: Viewer, response: Response, status: number, sent: Typed, refused: string | null): void {
    response
      .status(status)
      .type('html')
      .send(this.page(v, sent, refused));
  }

  private page(v: Viewer, sent: Typed, refused: string | null): string {
    return page(v, { title: v.t('personal.title') }, PersonalDataPage({ v, sent, refused }));
  }
}
