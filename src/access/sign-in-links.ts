import { Inject, Injectable } from '@nestjs/common';
import { invitationMail, signInMail } from './domain/sign-in-mails.js';
import { dayAfter, INVITATION_MS, SIGN_IN_LINK_MS } from '../kernel/lifetimes.js';
import type { RenderedMail } from '../outbox/domain/mail-page.js';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../outbox/store/transactional-mail.repository.js';
import type { Clock } from '../kernel/ports.js';
import type { PersonEntity } from './store/person.entity.js';
import { SignInLinkRepository } from './store/messages-of-person.js';
import type { Environment } from '../platform/config/environment.js';
import { newSecret } from '../platform/access/secret.js';
import { IdentityProviders } from '../platform/sign-on/identity-providers.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { MAIL } from '../outbox/mail.job.js';

interface Sending {
  kind: 'sign-in' | 'invitation';
  livesMs: number;
  next: string | null;
  mail: (url: string) => RenderedMail;
}

@Injectable()
export class SignInLinks {
  constructor(
    private readonly links: SignInLinkRepository,
    private readonly mails: TransactionalMailRepository,
    private readonly queues: Queues,
    private readonly providers: IdentityProviders,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sends a requested link, which leads to `next`, a local page. */
  async ask(person: PersonEntity, next: string | null): Promise<void> {
    const { name, language } = person;
    await this.send(person, {
      kind: 'sign-in',
      livesMs: SIGN_IN_LINK_MS,
      next,
      mail: (url) => signInMail({ name, language, url }),
    });
  }

  async invite(person: PersonEntity, institute: string | null, by: string | null): Promise<void> {
    const { name, language, role } = person;
    const signInUrl = `${this.env.PUBLIC_URL}/sign-in`;
    const account = this.providers.requiredFor(person.email)?.name ?? null;
    const mail = (url: string): RenderedMail =>
      invitationMail({ name, language, role, institute, by, url, signInUrl, account });
    await this.send(person, { kind: 'invitation', livesMs: INVITATION_MS, next: null, mail });
  }

  private async send(person: PersonEntity, { kind, livesMs, next, mail }: Sending): Promise<void> {
    const [now, { secret, hash }] = [this.clock.now(), newSecret()];
    const expiresAt = new Date(now.getTime() + livesMs);
    // People who must use their institute's account are sent there; no link signs them in.
    const provider = this.providers.requiredFor(person.email);
    const url = provider ? this.providers.startAddress(provider) : `${this.env.PUBLIC_URL}/sign-in/${secret}`;
    const transactionalMail = newTransactionalMail(this.env, {
      kind,
      profileId: person.profileId,
      toName: person.name,
      toAddress: person.email,
      ...mail(url),
      expiresAt,
      createdAt: now,
    });
    await this.links.forget(dayAfter(now, -1));
    await this.links.together(async (tx) => {
      if (!provider)
        await this.links.add({ tokenHash: hash, personId: person.id, createdAt: now, expiresAt, next }, tx);
      await this.mails.write(transactionalMail, tx);
    });
    await this.queues.hurry([job(MAIL, { mailId: transactionalMail.id })]);
  }
}
