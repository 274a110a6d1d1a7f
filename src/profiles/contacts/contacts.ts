import { NotFound, Conflict } from '../../kernel/errors.js';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/ports.js';
import type { Language } from '../../kernel/language.js';
import { addressOf, type ContactEntity, ContactRepository } from '../store/contact.repository.js';
import { sha256 } from '../../kernel/hash.js';
import { Queues, job } from '../../platform/queue/job.js';
import { CLOCK } from '../../platform/tokens.js';
import { ContactLimits } from './contact-limits.js';
import { Profiles, type Saved } from '../profiles.js';
import { CONTACTS, ASK_CONTACTS } from '../jobs.js';

/** Names a contact of the profile. */
export const Named = z.strictObject({ email: z.email().max(320) });
export type Named = z.infer<typeof Named>;

/** The content behind a confirmation link. */
export interface ConfirmationRequest {
  name: string;
  institute: string;
  language: Language;
  confirmed: boolean;
}

/**
 * The state of contacts, beyond what their profile says: whether they agreed, whether they receive internal
 * content, and what the network requests.
 */
@Injectable()
export class Contacts {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly profiles: Profiles,
    private readonly limits: ContactLimits,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns what a link asks; null if it is unknown, too old, or its contact is no longer named. Read-only.
   */
  async asked(secret: string): Promise<ConfirmationRequest | null> {
    const row = await this.contacts.byToken(sha256(secret));
    if (!row || (row.confirmedAt === null && row.expiresAt! <= this.clock.now())) return null;
    const { name: institute, language, contacts } = (await this.profiles.get(row.profileId)).profile.content;
    const contact = contacts.find((c) => addressOf(c) === row.address);
    return contact
      ? {
          name: contact.name,
          institute,
          language: contact.language ?? language,
          confirmed: row.confirmedAt !== null,
        }
      : null;
  }

  /** Confirms, for the button behind the link: e-mails start now. Null if there is nothing to confirm. */
  async confirm(secret: string): Promise<ConfirmationRequest | null> {
    const asked = await this.asked(secret);
    if (!asked) return null;
    const hash = sha256(secret);
    await this.contacts.confirm(hash, this.clock.now());
    const row = await this.contacts.byToken(hash);
    if (row) await this.queues.hurry([job(CONTACTS, { profileId: row.profileId })]);
    return { ...asked, confirmed: true };
  }

  /**
   * Sends the confirmation request again; the earlier link stops working. Throws NotFound, TooOften,
   * and Conflict if they have agreed.
   */
  async resend(profileId: string, email: string, actor: Actor): Promise<void> {
    const { address, confirmedAt } = await this.findByEmail(profileId, email);
    if (confirmedAt) throw new Conflict('already-confirmed');
    await this.limits.confirmations(profileId, [address], actor);
    await this.contacts.askAgain(profileId, address);
    await this.queues.hurry([job(ASK_CONTACTS, { profileId })]);
  }

  /** Lets a contact read internal content, on behalf of someone inside. Throws NotFound. */
  async admit(profileId: string, email: string, actor: Actor): Promise<void> {
    const { address } = await this.findByEmail(profileId, email);
    await this.contacts.admit(profileId, address, actor, this.clock.now());
  }

  /**
   * Accepts the network's request that was made then, for an officer. Throws NotFound if none is waiting,
   * Conflict if it is another by now, and what saving throws.
   */
  async accept(profileId: string, askedAt: Date, actor: Actor): Promise<Saved> {
    const {
      profile,
      version,
      contacts: { change },
    } = await this.profiles.get(profileId);
    if (!change) throw new NotFound('no-contact-change');
    if (change.askedAt.getTime() !== askedAt.getTime()) throw new Conflict('profile-saved-since');
    return this.profiles.save({ ...profile.content, contacts: change.contacts }, actor, { version });
  }

  /** Declines or withdraws a request, if one is waiting. */
  async decline(profileId: string): Promise<void> {
    await this.profiles.get(profileId);
    await this.contacts.decline(profileId);
  }

  private async findByEmail(profileId: string, email: string): Promise<ContactEntity> {
    const contact = await this.contacts.findByAddress(profileId, email.toLowerCase());
    if (!contact) throw new NotFound('no-contact');
    return contact;
  }
}
