import { pageFromMail } from '../domain/landing.js';
import { Inject } from '@nestjs/common';
import { dayAfter } from '../../kernel/lifetimes.js';
import type { RenderedMail } from '../../outbox/domain/mail-page.js';
import {
  CONFIRMATION_DAYS,
  confirmationMail,
  contactChangeMail,
} from '../../profiles/domain/contacts/contact-mails.js';
import type { Contact, Profile } from '../../profiles/domain/profile.js';
import { addressOf, ContactRepository } from '../../profiles/store/contact.repository.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import {
  newTransactionalMail,
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import type { Clock } from '../../kernel/ports.js';
import { roleHolds } from '../../kernel/actor.js';
import type { PersonEntity } from '../store/person.entity.js';
import { PersonRepository } from '../store/person.repository.js';
import { newSecret } from '../../platform/access/secret.js';
import type { Environment } from '../../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';
import { ASK_CONTACTS } from '../../profiles/jobs.js';
import { MAIL } from '../../outbox/mail.job.js';
import { type Job, Runs, type JobData, type NextJob, job } from '../../platform/queue/job.js';

interface To {
  name: string;
  email: string;
}

/**
 * E-mails a profile's contacts who have not yet agreed, and its officers if a change waits for them: once
 * each.
 */
@Runs(ASK_CONTACTS)
export class AskContactsJob implements Job<typeof ASK_CONTACTS> {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly contacts: ContactRepository,
    private readonly people: PersonRepository,
    private readonly mails: TransactionalMailRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds contacts to ask, and changes to tell officers: they came from a file, or the job was lost. */
  async due(): Promise<NextJob[]> {
    return (await this.contacts.toWrite()).map((profileId) => job(ASK_CONTACTS, { profileId }));
  }

  async run({ profileId }: JobData<typeof ASK_CONTACTS>): Promise<NextJob[]> {
    const row = await this.profiles.findById(profileId);
    if (!row) return [];
    const written = [...(await this.confirmations(row.content)), ...(await this.change(row.content))];
    return written.map((mailId) => job(MAIL, { mailId }));
  }

  private async confirmations(profile: Profile): Promise<string[]> {
    const written: string[] = [];
    const now = this.clock.now();
    const expiresAt = dayAfter(now, CONFIRMATION_DAYS);
    await this.contacts.ask(profile.id, now, async (tx, address) => {
      const { secret, hash } = newSecret();
      const contact = profile.contacts.find((c) => addressOf(c) === address);
      if (!contact) return { tokenHash: null, expiresAt: null };
      const transactionalMail = this.transactionalMail(
        'contact',
        profile,
        contact,
        this.confirmation(profile, contact, secret),
        expiresAt,
      );
      await this.mails.write(transactionalMail, tx);
      written.push(transactionalMail.id);
      return { tokenHash: hash, expiresAt };
    });
    return written;
  }

  private confirmation(profile: Profile, { name, language }: Contact, secret: string): RenderedMail {
    return confirmationMail({
      name,
      language: language ?? profile.language,
      institute: profile.name,
      url: `${this.env.PUBLIC_URL}/contact/${secret}`,
    });
  }

  private async change(profile: Profile): Promise<string[]> {
    const officers = (await this.people.findByProfile(profile.id)).filter((p) =>
      roleHolds(p.role, 'contact.admit'),
    );
    const written: string[] = [];
    await this.contacts.notify(profile.id, this.clock.now(), async (tx, { askedBy, contacts }) => {
      for (const officer of officers) {
        const transactionalMail = this.transactionalMail(
          'contact-change',
          profile,
          officer,
          this.changed(profile, officer, askedBy, contacts),
          null,
        );
        await this.mails.write(transactionalMail, tx);
        written.push(transactionalMail.id);
      }
    });
    return written;
  }

  private changed(
    { id, name: institute, contacts: before }: Profile,
    { id: personId, name, language }: PersonEntity,
    by: string | null,
    after: Contact[],
  ): RenderedMail {
    return contactChangeMail({
      name,
      language,
      institute,
      by,
      before,
      after,
      url: pageFromMail(this.env, { id: personId }, `/institutes/${id}/profile`),
    });
  }

  private transactionalMail(
    kind: NewTransactionalMail['kind'],
    profile: Profile,
    to: To,
    mail: RenderedMail,
    expiresAt: Date | null,
  ): NewTransactionalMail {
    return newTransactionalMail(this.env, {
      kind,
      profileId: profile.id,
      toName: to.name,
      toAddress: to.email.toLowerCase(),
      ...mail,
      expiresAt,
      createdAt: this.clock.now(),
    });
  }
}
