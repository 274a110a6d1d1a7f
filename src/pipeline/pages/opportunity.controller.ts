import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  Param,
  Post,
  Res,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { ownPath } from '../../access/domain/index.js';
import { CurrentActor, InsideInstitute } from '../../platform/access/rule.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { DeadlineInput, type OpportunityView } from '../api/opportunity-views.js';
import { Stage } from '../domain/stage.js';
import { Pipeline } from '../pipeline.js';
import { Planning } from '../planning.js';
import { FactsSent, typedOf } from './facts-form.js';
import { linesOf, readLines, sentLines } from './milestones-form.js';
import { OpportunityPage, type OpportunityShown } from './opportunity-page.js';
import { opportunityPath } from './stage-words.js';

const Id = z.uuid();
const StageForm = z.object({
  stage: Stage,
  from: Stage.optional(),
  why: z.string().max(2_000).optional(),
  back: z.string().max(2_000).optional(),
});

/** One opportunity, and the forms of its page. */
@ApiExcludeController()
@Controller('institutes/:profile/pipeline/:opportunity')
export class OpportunityPages {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly planning: Planning,
  ) {}

  @InsideInstitute('profile', 'read')
  @Get()
  async show(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
  ): Promise<string> {
    return this.render(v, profileId, await this.pipeline.get(profileId, id), {});
  }

  /** A step that cannot follow any more is no failure of the page: somebody else was first. */
  @InsideInstitute('profile', 'write')
  @Post('stage')
  async move(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(StageForm, body, v.language);
    const back = (sent.ok ? ownPath(sent.value.back) : null) ?? opportunityPath(profileId, id);
    const moving = sent.ok
      ? this.pipeline.move(actor, profileId, id, { ...sent.value, why: sent.value.why ?? null })
      : Promise.reject(new BadRequestException());
    await this.done(response, back, moving);
  }

  @InsideInstitute('profile', 'write')
  @Post('facts')
  async describe(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(FactsSent, body, v.language);
    if (sent.ok) {
      await this.pipeline.describe(actor, profileId, id, sent.value);
      return redirectWithFlash(response, opportunityPath(profileId, id), 'flash.saved');
    }
    const opportunity = await this.pipeline.get(profileId, id);
    const typed = { ...typedOf(opportunity), ...sent.typed };
    response
      .status(422)
      .send(await this.render(v, profileId, opportunity, { facts: { typed, errors: sent.errors } }));
  }

  @InsideInstitute('profile', 'write')
  @Post('undo')
  undo(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.done(response, opportunityPath(profileId, id), this.pipeline.undo(actor, profileId, id));
  }

  @InsideInstitute('profile', 'write')
  @Post('plan')
  plan(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.done(response, opportunityPath(profileId, id), this.planning.plan(actor, profileId, id));
  }

  @InsideInstitute('profile', 'write')
  @Post('milestones')
  async milestones(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const lines = sentLines(body);
    const milestones = readLines(lines);
    if (milestones) {
      const put = this.planning.put(actor, profileId, id, { milestones });
      return this.done(response, opportunityPath(profileId, id), put);
    }
    const opportunity = await this.pipeline.get(profileId, id);
    response
      .status(422)
      .send(await this.render(v, profileId, opportunity, { milestones: { lines, wrong: true } }));
  }

  /** Accepts where the deadline moved. */
  @InsideInstitute('profile', 'write')
  @Post('deadline')
  async deadline(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(DeadlineInput, body, v.language);
    const accepting = sent.ok
      ? this.planning.acceptDeadline(actor, profileId, id, sent.value.deadline)
      : Promise.reject(new BadRequestException());
    await this.done(response, opportunityPath(profileId, id), accepting);
  }

  /** Back to the page, which says that it was done, or that it could not be since somebody else was first. */
  private async done(response: Response, path: string, doing: Promise<unknown>): Promise<void> {
    try {
      await doing;
      redirectWithFlash(response, path, 'flash.saved');
    } catch (error) {
      if (!(error instanceof ConflictException || error instanceof BadRequestException)) throw error;
      redirectWithFlash(response, path, 'flash.step-refused');
    }
  }

  private async render(
    v: Viewer,
    profileId: string,
    opportunity: OpportunityView,
    sent: Partial<Pick<OpportunityShown, 'facts' | 'milestones'>>,
  ): Promise<string> {
    const [history, people] = await Promise.all([
      this.pipeline.history(profileId, opportunity.id),
      this.planning.peopleOf(profileId),
    ]);
    const options = {
      title: opportunity.call.title,
      place: 'pipeline' as const,
      styles: ['pipeline'],
      wide: true,
    };
    return page(
      v,
      options,
      OpportunityPage({
        v,
        profileId,
        opportunity,
        history,
        people,
        facts: { typed: typedOf(opportunity), errors: {} },
        milestones: { lines: linesOf(opportunity.milestones), wrong: false },
        ...sent,
      }),
    );
  }
}
