import { Injectable } from '@nestjs/common';
import { type Actor, senderOf } from '../../kernel/actor.js';
import { editorOf } from '../domain/contacts/word.js';
import type { Contact, Profile } from '../domain/profile.js';
import { ContactRepository } from '../store/contact.repository.js';
import { RateLimit } from '../../platform/access/rate-limit.js';

/** Limits e-mails caused by naming contacts: otherwise any profile could be used to write to the world. */
@Injectable()
export class ContactLimits {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly limits: RateLimit,
  ) {}

  /** Counts what saving would send, before anything is saved. Throws TooOften. */
  async count(before: Contact[], asked: Profile, actor: Actor): Promise<void> {
    const { waits, toAsk } = await this.contacts.effectOf(before, asked, editorOf(actor, asked.id));
    if (waits)
      await this.limits.takeAll([
        { what: 'changes of contacts by one person', who: senderOf(actor) },
        { what: 'changes of contacts of an institute', who: asked.id },
      ]);
    if (toAsk.length) await this.confirmations(asked.id, toAsk, actor);
  }

  /** Counts confirmation requests to these addresses. Throws TooOften. */
  async confirmations(profileId: string, addresses: string[], actor: Actor): Promise<void> {
    await this.limits.takeAll([
      { what: 'confirmations by one person', who: senderOf(actor), points: addresses.length },
      { what: 'confirmations of an institute', who: profileId, points: addresses.length },
      ...addresses.map((who) => ({ what: 'confirmations to an address' as const, who })),
    ]);
  }
}
