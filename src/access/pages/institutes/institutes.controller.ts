import { Conflict } from '../../../kernel/errors.js';
import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '../../../kernel/actor.js';
import { InstituteOverview } from '../../api/institute-overview.js';
import { InstituteInvitation, NewInstitute } from '../../new-institute.js';
import { JustSignedIn } from '../../../platform/access/presence.js';
import { CurrentActor, Needs } from '../../../platform/access/rule.js';
import type { Settings } from '../../../platform/config/settings.js';
import { SETTINGS } from '../../../platform/tokens.js';
import { readForm, type FormFields } from '../../../ui/form.js';
import type { Typed } from '../../../ui/typed.js';
import { redirectWithFlash, View, type Viewer } from '../../../ui/viewer.js';
import { whyNotInvited } from '../team/team-forms.js';
import { institutesPage } from './institutes-page.js';

const invitationIn = ({ id, name, language, ...officer }: FormFields): FormFields => ({
  id,
  name,
  language,
  officer: { name: officer['officer.name'], email: officer['officer.email'] },
});

/** The network's view of its institutes. */
@ApiExcludeController()
@Controller('institutes')
export class InstitutesPages {
  constructor(
    private readonly institutes: InstituteOverview,
    private readonly newInstitute: NewInstitute,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Needs('institute.read')
  @Get()
  show(@View() v: Viewer): Promise<string> {
    return this.page(v);
  }

  @Needs('institute.write')
  @JustSignedIn()
  @Post()
  async invite(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const form = readForm(InstituteInvitation, body, v.language, invitationIn);
    if (!form.ok) {
      const errors = { ...form.errors, ...(form.errors['id'] && { id: v.t('network.new.id-wrong') }) };
      return void response
        .status(422)
        .type('html')
        .send(await this.page(v, { typed: form.typed, errors }));
    }
    try {
      await this.newInstitute.invite(form.value, actor);
    } catch (error) {
      const why =
        error instanceof Conflict
          ? { status: 409, errors: { '': v.t('network.new.taken') } }
          : whyNotInvited(v, response, error);
      return void response
        .status(why.status)
        .type('html')
        .send(await this.page(v, { typed: form.typed, errors: why.errors }));
    }
    redirectWithFlash(response, '/institutes', 'flash.invited');
  }

  private async page(v: Viewer, sent?: Typed): Promise<string> {
    return institutesPage(v, {
      institutes: await this.institutes.overview(),
      minScore: this.settings.digest.minScore,
      ...(sent && { sent }),
    });
  }
}
