import { Inject, Injectable } from '@nestjs/common';
import { lastSlot, nextSlot } from '../../domain/notification/slots.js';
import type { ContactStanding } from '../../domain/matching/why-not/facts.js';
import type { Clock } from '../../domain/ports.js';
import type { CallEntity } from '../../persistence/entities/call.entity.js';
import { NewsRepository } from '../../persistence/repositories/news.repository.js';
import { PairRepository, type Pair, type PairContact } from '../../persistence/repositories/pair.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';

/** A contact who was written to. */
type Begun = PairContact & { baselineSeq: string; lastSlotAt: Date };
const hasBegun = (c: PairContact): c is Begun => c.begun && c.baselineSeq !== null && c.lastSlotAt !== null;

/** How an institute's contacts stand to one call: told, still to be told, or never, by the very rules by which mails are written. */
@Injectable()
export class Telling {
  constructor(
    private readonly pairs: PairRepository,
    private readonly news: NewsRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(profileId: string, call: CallEntity): Promise<Omit<Pair, 'contacts'> & { contacts: ContactStanding[] }> {
    const pair = await this.pairs.of(profileId, call.id);
    const contacts: ContactStanding[] = [];
    for (const contact of pair.contacts) contacts.push(await this.standing(profileId, call, contact));
    return { ...pair, contacts };
  }

  private async standing(profileId: string, call: CallEntity, contact: PairContact): Promise<ContactStanding> {
    const { name, email, stoppedAt, since, waiting, told } = contact;
    const stands = (state: ContactStanding['state'], more: Partial<ContactStanding> = {}): ContactStanding => ({ name, email, state, at: null, notification: null, place: null, ...more });
    if (stoppedAt) return stands('stopped', { at: stoppedAt });
    if (waiting) return stands('on-its-way', { notification: waiting });
    if (!hasBegun(contact)) return stands('first-mail');
    const news = await this.news.since({ profileId, email, baselineSeq: contact.baselineSeq });
    const place = news.findIndex((n) => n.call.id === call.id) + 1;
    if (place > this.settings.digest.maxItems) return stands('rank', { place });
    if (place > 0) return stands('digest', { at: this.nextFor(contact), place });
    if (told) return stands('told', { at: told.at, notification: told.notification });
    return BigInt(call.firstSeq) <= BigInt(contact.baselineSeq) ? stands('baseline', { at: since }) : stands('nothing');
  }

  /** A date that has come and was not looked at yet is the next. */
  private nextFor({ lastSlotAt }: Begun): Date {
    const { digest } = this.settings;
    const last = lastSlot(this.clock.now(), digest);
    return lastSlotAt < last ? last : nextSlot(this.clock.now(), digest);
  }
}
