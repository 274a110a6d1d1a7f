import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { readForm } from '../../ui/form.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { CommentInput } from '../api/comment-views.js';
import { Comments } from '../comments.js';
import { OpportunityScreen } from './opportunity-screen.js';
import { opportunityPath } from './move-form.js';
import { Conflict } from '../../kernel/errors.js';
import { Tasks } from '../tasks.js';
import { TaskChange, TaskInput } from '../api/opportunity-views.js';

const Id = z.uuid();

@ApiExcludeController()
@Controller('institutes/:profile/pipeline/:opportunity/comments')
export class CommentPages {
  constructor(
    private readonly comments: Comments,
    private readonly screen: OpportunityScreen,
  ) {}

  @Needs('pipeline.write', 'profile')
  @Post()
  add(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.written(v, [profileId, id, null], body, response, (text) =>
      this.comments.add(actor, profileId, id, text),
    );
  }

  @Needs('pipeline.write', 'profile')
  @Post(':comment')
  edit(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Param('comment', { schema: Id }) comment: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.written(v, [profileId, id, comment], body, response, (text) =>
      this.comments.edit(actor, profileId, id, comment, text),
    );
  }

  @Needs('pipeline.write', 'profile')
  @Post(':comment/remove')
  async remove(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Param('comment', { schema: Id }) comment: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.comments.remove(actor, profileId, id, comment);
    redirectWithFlash(response, `${opportunityPath(profileId, id)}#comments`, 'flash.removed');
  }

  /**
   * Saves a comment; if it fails validation, the page shows it again as typed. `comment` is null for a new
   * comment.
   */
  private async written(
    v: Viewer,
    [profileId, id, comment]: [profileId: string, id: string, comment: string | null],
    body: unknown,
    response: Response,
    take: (text: string) => Promise<{ id: string }>,
  ): Promise<void> {
    const sent = readForm(CommentInput, body, v.language);
    if (!sent.ok) {
      const commentDraft = { id: comment, text: sent.typed['text'] ?? '' };
      response.status(422).send(await this.screen.render(v, profileId, id, { commentDraft }));
      return;
    }
    const { id: written } = await take(sent.value.text);
    redirectWithFlash(response, `${opportunityPath(profileId, id)}#comment-${written}`, 'flash.saved');
  }
}

@ApiExcludeController()
@Controller('institutes/:profile/pipeline/:opportunity/tasks')
export class TaskPages {
  constructor(
    private readonly tasks: Tasks,
    private readonly screen: OpportunityScreen,
  ) {}

  @Needs('pipeline.write', 'profile')
  @Post()
  add(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.typed(v, profileId, id, null, body, response, (task) =>
      this.tasks.add(actor, profileId, id, task),
    );
  }

  @Needs('pipeline.write', 'profile')
  @Post(':task')
  change(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Param('task', { schema: Id }) taskId: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.typed(v, profileId, id, taskId, body, response, (task) =>
      this.tasks.put(actor, profileId, id, taskId, task),
    );
  }

  @Needs('pipeline.write', 'profile')
  @Post(':task/done')
  async done(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Param('task', { schema: Id }) taskId: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(TaskChange, body, v.language, ({ done }) => ({ done: done !== 'false' }));
    if (sent.ok) await this.tasks.put(actor, profileId, id, taskId, sent.value);
    redirectWithFlash(response, `${opportunityPath(profileId, id)}#tasks`, 'flash.saved');
  }

  @Needs('pipeline.write', 'profile')
  @Post(':task/remove')
  async remove(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Param('task', { schema: Id }) taskId: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.tasks.remove(actor, profileId, id, taskId);
    redirectWithFlash(response, `${opportunityPath(profileId, id)}#tasks`, 'flash.removed');
  }

  /** Saves a task; if it fails validation, the page shows it again as typed. */
  private async typed(
    v: Viewer,
    profileId: string,
    id: string,
    taskId: string | null,
    body: unknown,
    response: Response,
    take: (task: TaskInput) => Promise<unknown>,
  ): Promise<void> {
    const sent = readForm(TaskInput, body, v.language);
    if (!sent.ok) {
      const { text = '', personId = '', due = '' } = sent.typed;
      const taskDraft = { id: taskId, text, personId, due };
      response.status(422).send(await this.screen.render(v, profileId, id, { taskDraft }));
      return;
    }
    try {
      await take(sent.value);
      redirectWithFlash(response, `${opportunityPath(profileId, id)}#tasks`, 'flash.saved');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      redirectWithFlash(response, opportunityPath(profileId, id), 'flash.step-refused');
    }
  }
}
