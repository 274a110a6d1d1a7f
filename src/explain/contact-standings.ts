import { Inject, Injectable } from '@nestjs/common';
import { nextDigestAt } from '../notifications/domain/schedule/next-message.js';
import { installationPreferences, preferencesOf } from '../notifications/domain/preferences/preferences.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import type { ContactStanding } from './domain/why-not/facts.js';
import type { Clock } from '../kernel/ports.js';
import { PairRepository, type Pair, type PairContact } from './store/pair.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';

/**
 * The state of a call for each contact of an institute: sent, to be sent, or never, based on what was decided
 * at the time.
 */
@Injectable()
export class ContactStandings {
  constructor(
    private readonly pairs: PairRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `fits`: whether it reaches the institute's threshold. */
  async forCall(
    profileId: string,
    call: CallEntity,
    fits: boolean,
  ): Promise<Omit<Pair, 'contacts'> & { contacts: ContactStanding[] }> {
    const pair = await this.pairs.findPair(profileId, call.id, this.clock.now());
    return { ...pair, contacts: pair.contacts.map((contact) => this.standing(call, fits, contact)) };
  }

  private standing(call: CallEntity, fits: boolean, contact: PairContact): ContactStanding {
    const { name, email, confirmed, stoppedAt, since, baselineSeq, begun, place } = contact;
    // An institute does not learn what was sent because it fits another one alone.
    const [waiting, announced] = [contact.waiting, contact.announced].map((mail) =>
      fits || mail?.notification ? mail : null,
    );
    const stands = (
      state: ContactStanding['state'],
      more: Partial<ContactStanding> = {},
    ): ContactStanding => ({
      name,
      email,
      state,
      at: null,
      notification: null,
      place: null,
      next: null,
      ...more,
    });
    if (!confirmed) return stands('unconfirmed');
    if (stoppedAt) return stands('stopped', { at: stoppedAt });
    const next = this.nextFor(contact);
    if (waiting) return stands('on-its-way', { ...waiting, next });
    if (!begun || since === null || baselineSeq === null) return stands('first-mail');
    if (place !== null)
      return place > this.settings.digest.maxItems
        ? stands('rank', { place, next })
        : stands('digest', { at: next, place, next });
    if (announced) return stands('announced', { ...announced, next });
    return BigInt(call.firstSeq) <= BigInt(baselineSeq)
      ? stands('baseline', { at: since, next })
      : stands('nothing', { next });
  }

  private nextFor({ preferences, defaults, pausedUntil }: PairContact): Date {
    return nextDigestAt(
      pausedUntil,
      preferencesOf(preferences ?? {}, defaults ?? {}, installationPreferences(this.settings)),
      this.clock.now(),
    );
  }
}
