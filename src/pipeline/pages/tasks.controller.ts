import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { readForm } from '../../ui/form.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { CommentInput } from '../api/comment-views.js';
import { Comments } from '../comments.js';
import { OpportunityScreen } from './opportunity-screen.js';
import { opportunityPath } from './move-form.js';
import { Conflict } from '../../kernel/errors.js';
import { Tasks } from '../tasks.js';
import { TaskChange, TaskInput } from '../api/opportunity-views.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

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
  ): Promise<Answer> {
    return this.written(v, [profileId, id, null], body, (text) =>
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
  ): Promise<Answer> {
    return this.written(v, [profileId, id, comment], body, (text) =>
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
  ): Promise<Answer> {
    await this.comments.remove(actor, profileId, id, comment);
    return redirectTo(`${opportunityPath(profileId, id)}#comments`, 'flash.removed');
  }

  /**
   * Saves a comment; if it fails validation, the page shows it again as typed. `comment` is null for a new
   * comment.
   */
  private async written(
    v: Viewer,
    [profileId, id, comment]: [profileId: string, id: string, comment: string | null],
    body: unknown,
    take: (text: string) => Promise<{ id: string }>,
  ): Promise<Answer> {
    const sent = readForm(CommentInput, body, v.language);
    if (!sent.ok) {
      const commentDraft = { id: comment, text: sent.typed['text'] ?? '' };
      return pageWith(422, await this.screen.render(v, profileId, id, { commentDraft }));
    }
    const { id: written } = await take(sent.value.text);
    return redirectTo(`${opportunityPath(profileId, id)}#comment-${written}`, 'flash.saved');
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
  ): Promise<Answer> {
    return this.typed(v, profileId, id, null, body, (task) => this.tasks.add(actor, profileId, id, task));
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
  ): Promise<Answer> {
    return this.typed(v, profileId, id, taskId, body, (task) =>
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
  ): Promise<Answer> {
    const sent = readForm(TaskChange, body, v.language, ({ done }) => ({ done: done !== 'false' }));
    if (sent.ok) await this.tasks.put(actor, profileId, id, taskId, sent.value);
    return redirectTo(`${opportunityPath(profileId, id)}#tasks`, 'flash.saved');
  }

  @Needs('pipeline.write', 'profile')
  @Post(':task/remove')
  async remove(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('opportunity', { schema: Id }) id: string,
    @Param('task', { schema: Id }) taskId: string,
  ): Promise<Answer> {
    await this.tasks.remove(actor, profileId, id, taskId);
    return redirectTo(`${opportunityPath(profileId, id)}#tasks`, 'flash.removed');
  }

  /** Saves a task; if it fails validation, the page shows it again as typed. */
  private async typed(
    v: Viewer,
    profileId: string,
    id: string,
    taskId: string | null,
    body: unknown,
    take: (task: TaskInput) => Promise<unknown>,
  ): Promise<Answer> {
    const sent = readForm(TaskInput, body, v.language);
    if (!sent.ok) {
      const { text = '', personId = '', due = '' } = sent.typed;
      const taskDraft = { id: taskId, text, personId, due };
      return pageWith(422, await this.screen.render(v, profileId, id, { taskDraft }));
    }
    try {
      await take(sent.value);
      return redirectTo(`${opportunityPath(profileId, id)}#tasks`, 'flash.saved');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return redirectTo(opportunityPath(profileId, id), 'flash.step-refused');
    }
  }
}
