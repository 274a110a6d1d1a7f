import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { labelFor, MilestoneTemplate } from '../domain/milestones.js';
import { Planning } from '../planning.js';
import { sentLines } from './milestones-form.js';
import { TemplatePage, type TemplateLine } from './template-page.js';

/** The page of an institute's milestone template. */
@ApiExcludeController()
@Controller('institutes/:profile/milestone-template')
export class TemplatePages {
  constructor(private readonly planning: Planning) {}

  @Needs('pipeline.read', 'profile')
  @Get()
  async show(@View() v: Viewer, @Param('profile') profileId: string): Promise<string> {
    const template = await this.planning.template(profileId);
    const lines = template.map(({ label, before }) => ({
      label: labelFor(label, v.language),
      before: String(before),
    }));
    return this.render(v, profileId, lines, false);
  }

  @Needs('pipeline.write', 'profile')
  @Post()
  async change(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const lines = sentLines(body);
    const read = MilestoneTemplate.safeParse(
      lines.map(({ label, before }) => ({ label, before: before === '' ? null : Number(before) })),
    );
    if (!read.success) {
      response.status(422).send(this.render(v, profileId, lines, true));
      return;
    }
    await this.planning.changeTemplate(actor, profileId, read.data);
    redirectWithFlash(response, `/institutes/${profileId}/milestone-template`, 'flash.saved');
  }

  private render(v: Viewer, profileId: string, lines: TemplateLine[], wrong: boolean): string {
    const options = {
      title: v.t('pipeline.template-title'),
      place: 'pipeline' as const,
      styles: ['pipeline'],
    };
    return page(v, options, TemplatePage({ v, profileId, lines, wrong }));
  }
}
