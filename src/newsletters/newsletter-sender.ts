import { Inject, Injectable } from '@nestjs/common';
import { type Actor, senderOf } from '../kernel/actor.js';
import { Conflict } from '../kernel/errors.js';
import { sha256 } from '../kernel/hash.js';
import type { Clock } from '../kernel/ports.js';
import { RateLimit } from '../platform/access/rate-limit.js';
import type { Environment } from '../platform/config/environment.js';
import { job, Queues } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { type Leave, markedLink, newsletterMail } from './domain/newsletter-mail.js';
import { Newsletters } from './newsletters.js';
import { SEND_NEWSLETTER } from './send-newsletter.job.js';
import { type Leaving, NewsletterCopyRepository, type Reached } from './store/newsletter-copy.repository.js';
import { type NewsletterEntity, NewsletterRepository } from './store/newsletter.repository.js';

export type { Leaving, Reached };

/** Sends newsletters to the readers of their lists, a copy to each, and lets each leave. */
@Injectable()
export class NewsletterSender {
  constructor(
    private readonly newsletters: Newsletters,
    private readonly stored: NewsletterRepository,
    private readonly copies: NewsletterCopyRepository,
    private readonly limits: RateLimit,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a newsletter as its readers have it, or would have it now. */
  async mail(actor: Actor, newsletter: NewsletterEntity): Promise<{ html: string; text: string }> {
    const sent = newsletter.sentAt && (await this.stored.sentMail(newsletter.id));
    if (sent) return sent;
    const written = await this.newsletters.written(newsletter);
    return newsletterMail(written, this.clock.now(), this.footOf(actor, newsletter.id));
  }

  /**
   * Sends a version of a newsletter to its list. Sent twice, it is sent once. Throws if it was changed since
   * that version, has no call, or nobody would have it (409), and if the institute has sent too much (429).
   */
  async send(
    actor: Actor,
    asked: Pick<NewsletterEntity, 'profileId' | 'id' | 'version'>,
  ): Promise<NewsletterEntity> {
    const { profileId, id } = asked;
    const newsletter = await this.newsletters.get(profileId, id);
    if (newsletter.items.length === 0) throw new Conflict('newsletter-empty');
    const edited = { updatedBy: actor.name, updatedById: actor.personId, updatedAt: this.clock.now() };
    const outcome = await this.copies.send(asked, await this.mail(actor, newsletter), edited, (copies) =>
      this.limits.takeAll([
        { what: 'newsletters by one person', who: senderOf(actor) },
        { what: 'copies of newsletters of an institute', who: profileId, points: copies },
      ]),
    );
    if (outcome === 'changed') throw new Conflict('newsletter-changed-since');
    if (outcome === 'nobody') throw new Conflict('newsletter-without-readers');
    if (outcome === 'sent') await this.queues.hurry([job(SEND_NEWSLETTER, { profileId, newsletterId: id })]);
    return this.newsletters.get(profileId, id);
  }

  reached(newsletterId: string): Promise<Reached> {
    return this.copies.reached(newsletterId);
  }

  /** Returns whose link this is; null if nobody's. Read-only. */
  bySecret(secret: string): Promise<Leaving | null> {
    return this.copies.byToken(sha256(secret));
  }

  /** Leaves the list, for good until the reader comes back by their own click. */
  leave({ reader }: Leaving): Promise<void> {
    return this.copies.leave(reader.id, this.clock.now());
  }

  comeBack({ reader }: Leaving): Promise<void> {
    return this.copies.comeBack(reader.id);
  }

  private footOf(actor: Actor, newsletterId: string): Leave {
    return { officer: actor.email === null ? null : actor.name, url: markedLink(this.env, newsletterId) };
  }
}
