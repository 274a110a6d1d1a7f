import { pageFromMail } from '../access/domain/landing.js';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Conflict, Forbidden, NotFound } from '../kernel/errors.js';
import { wantsMentions } from '../access/domain/sign-in-mails.js';
import type { PersonEntity } from '../access/store/person.entity.js';
import { PersonRepository } from '../access/store/person.repository.js';
import {
  newTransactionalMail,
  type NewTransactionalMail,
} from '../outbox/store/transactional-mail.repository.js';
import { DAY_MS } from '../kernel/durations.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { AtPlace, ahead, page, placeOf, type Page } from '../platform/api/paging.js';
import type { Environment } from '../platform/config/environment.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { commentView, isTheirs, type CommentView } from './api/comment-views.js';
import { mentionMail } from './domain/pipeline-mails.js';
import { mentionedIn } from './domain/mentions.js';
import { Pipeline } from './pipeline.js';
import type { CommentEntity } from './store/opportunity.entity.js';
import { CommentRepository } from './store/comment.repository.js';
import { MAIL } from '../outbox/mail.job.js';

/** After that, an answer would come too late. */
const EXPIRES_MS = 2 * DAY_MS;

/** The comments that people of an institute write about an opportunity. */
@Injectable()
export class Comments {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly comments: CommentRepository,
    private readonly people: PersonRepository,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A page of the thread, newest first. Throws if the institute has no opportunity with this id. */
  async list(
    actor: Actor,
    profileId: string,
    opportunityId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<CommentView>> {
    await this.pipeline.get(profileId, opportunityId);
    const place = placeOf(cursor, AtPlace);
    const [{ comments, total }, people] = await Promise.all([
      this.comments.list(profileId, opportunityId, ahead(limit), place),
      this.people.findByProfile(profileId),
    ]);
    return page(
      comments,
      limit,
      total,
      (comment) => commentView(actor, comment, people),
      (comment) => ({ at: comment.createdAt.toISOString(), id: comment.id }),
    );
  }

  /** Adds a comment by the actor and an e-mail to everyone it mentions. */
  async add(actor: Actor, profileId: string, opportunityId: string, text: string): Promise<CommentView> {
    const { call } = await this.pipeline.get(profileId, opportunityId);
    const people = await this.people.findByProfile(profileId);
    const empty: CommentEntity = {
      id: randomUUID(),
      opportunityId,
      profileId,
      author: actor.name,
      personId: actor.personId,
      text,
      notified: [],
      createdAt: this.clock.now(),
      editedAt: null,
      deletedAt: null,
    };
    const { comment, mails } = this.telling(actor, empty, people, call.title);
    await this.comments.add(comment, mails);
    return this.sent(actor, comment, people, mails);
  }

  /** Changes the actor's own comment. People it did not mention before are notified. */
  async edit(
    actor: Actor,
    profileId: string,
    opportunityId: string,
    id: string,
    text: string,
  ): Promise<CommentView> {
    const { call } = await this.pipeline.get(profileId, opportunityId);
    const people = await this.people.findByProfile(profileId);
    const changed = await this.comments.change({ profileId, opportunityId, id }, (comment) => {
      this.mayChange(actor, comment);
      if (comment.text === text) return { comment, mails: [] };
      return this.telling(actor, { ...comment, text, editedAt: this.clock.now() }, people, call.title);
    });
    if (!changed) throw this.none(id);
    return this.sent(actor, changed.comment, people, changed.mails);
  }

  /** Removes the text of the actor's own comment; the comment and its author stay in the thread. */
  async remove(actor: Actor, profileId: string, opportunityId: string, id: string): Promise<CommentView> {
    const changed = await this.comments.change({ profileId, opportunityId, id }, (comment) => {
      this.mayChange(actor, comment);
      return { comment: { ...comment, text: '', deletedAt: this.clock.now() }, mails: [] };
    });
    if (!changed) throw this.none(id);
    return commentView(actor, changed.comment, []);
  }

  private mayChange(actor: Actor, comment: CommentEntity): void {
    if (!isTheirs(actor, comment)) throw new Forbidden('comment-of-another');
    if (comment.deletedAt !== null) throw new Conflict('comment-deleted');
  }

  private none(id: string): NotFound {
    return new NotFound('no-comment', { id });
  }

  /**
   * Returns a comment and the e-mails to the people it mentions who want them and were not notified yet;
   * authors get none about their own comments.
   */
  private telling(
    actor: Actor,
    comment: CommentEntity,
    people: PersonEntity[],
    title: string,
  ): { comment: CommentEntity; mails: NewTransactionalMail[] } {
    const mentioned = new Set(mentionedIn(comment.text, people));
    const told = people.filter(
      ({ id, pipelineMails }) =>
        mentioned.has(id) &&
        id !== actor.personId &&
        !comment.notified.includes(id) &&
        wantsMentions(pipelineMails),
    );
    return {
      comment: { ...comment, notified: [...comment.notified, ...told.map((p) => p.id)] },
      mails: told.map((person) => this.mailTo(person, actor, comment, title)),
    };
  }

  private mailTo(
    person: PersonEntity,
    actor: Actor,
    { id, profileId, opportunityId, text }: CommentEntity,
    title: string,
  ): NewTransactionalMail {
    const now = this.clock.now();
    return newTransactionalMail(this.env, {
      kind: 'mention',
      profileId,
      toName: person.name,
      toAddress: person.email,
      replyTo: actor.email,
      ...mentionMail({
        to: person.name,
        author: actor.name,
        title,
        text,
        language: person.language,
        page: pageFromMail(
          this.env,
          person,
          `/institutes/${profileId}/pipeline/${opportunityId}#comment-${id}`,
        ),
        settings: pageFromMail(this.env, person, '/account/notification-preferences'),
      }),
      expiresAt: new Date(now.getTime() + EXPIRES_MS),
      createdAt: now,
    });
  }

  private async sent(
    actor: Actor,
    comment: CommentEntity,
    people: PersonEntity[],
    mails: NewTransactionalMail[],
  ): Promise<CommentView> {
    await this.queues.hurry(mails.map(({ id }) => job(MAIL, { mailId: id })));
    return commentView(actor, comment, people);
  }
}
