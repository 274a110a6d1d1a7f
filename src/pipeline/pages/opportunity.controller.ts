import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { BadRequest, Conflict } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import { ownPath } from '../../access/domain/landing.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery, readForm } from '../../ui/form.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { DeadlineInput, FactsInput, StageInput } from '../api/opportunity-views.js';
import { Pipeline } from '../pipeline.js';
import { Planning } from '../planning.js';
import { factsIn, typedOf } from './facts-form.js';
import { readLines, sentLines } from './milestones-form.js';
import { OpportunityScreen } from './opportunity-screen.js';
import { opportunityPath } from './move-form.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

const Id = z.uuid();
/** The cursor of the page of comments to show. */
const FIELDS = { earlier: z.string().max(1_000).optional() };
const StageForm = StageInput.extend({ back: z.string().max(2_000).optional() });

@ApiExcludeController()
@Controller('institutes/:profile/pipeline/:opportunity')
export class OpportunityPages {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly planning: Planning,
    private readonly screen: OpportunityScreen,
  ) {}

  @Needs('pipeline.read', 'profile')
  @Get()
  async show(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @PageQuery(FIELDS) { earlier }: z.infer<z.ZodObject<typeof FIELDS>>,
  ): Promise<string> {
    return this.screen.render(v, profileId, id, { earlier });
  }

  /** If somebody else moved it first, the page says so instead of failing. */
  @Needs('pipeline.write', 'profile')
  @Post('stage')
  async move(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(StageForm, body, v.language);
    const back = (sent.ok ? ownPath(sent.value.back) : null) ?? opportunityPath(profileId, id);
    const moving = sent.ok
      ? this.pipeline.move(actor, profileId, id, sent.value)
      : Promise.reject(new BadRequest('form-incomplete'));
    return this.done(back, moving);
  }

  @Needs('pipeline.write', 'profile')
  @Post('facts')
  async describe(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(FactsInput, body, v.language, factsIn);
    if (sent.ok) {
      await this.pipeline.describe(actor, profileId, id, sent.value);
      return redirectTo(opportunityPath(profileId, id), 'flash.saved');
    }
    const opportunity = await this.pipeline.get(profileId, id);
    const typed = { ...typedOf(opportunity), ...sent.typed };
    return pageWith(
      422,
      await this.screen.render(v, profileId, id, { facts: { typed, errors: sent.errors } }),
    );
  }

  @Needs('pipeline.write', 'profile')
  @Post('undo')
  undo(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
  ): Promise<Answer> {
    return this.done(opportunityPath(profileId, id), this.pipeline.undo(actor, profileId, id));
  }

  @Needs('pipeline.write', 'profile')
  @Post('plan')
  plan(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
  ): Promise<Answer> {
    return this.done(opportunityPath(profileId, id), this.planning.plan(actor, profileId, id));
  }

  @Needs('pipeline.write', 'profile')
  @Post('milestones')
  async milestones(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const lines = sentLines(body);
    const milestones = readLines(lines);
    if (milestones) {
      const shown = lines.map((line) => line.id);
      const put = this.planning.put(actor, profileId, id, milestones, shown);
      return this.done(opportunityPath(profileId, id), put);
    }
    return pageWith(422, await this.screen.render(v, profileId, id, { milestones: { lines, wrong: true } }));
  }

  /** Accepts the moved deadline. */
  @Needs('pipeline.write', 'profile')
  @Post('deadline')
  async deadline(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(DeadlineInput, body, v.language);
    const accepting = sent.ok
      ? this.planning.acceptDeadline(actor, profileId, id, sent.value.deadline)
      : Promise.reject(new BadRequest('form-incomplete'));
    return this.done(opportunityPath(profileId, id), accepting);
  }

  /** Redirects to the page with a message: saved, or refused because somebody else was first. */
  private async done(path: string, doing: Promise<unknown>): Promise<Answer> {
    try {
      await doing;
      return redirectTo(path, 'flash.saved');
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof BadRequest)) throw error;
      return redirectTo(path, error.code === 'most-dates' ? 'flash.most-dates' : 'flash.step-refused');
    }
  }
}
