import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../domain/jobs.js';
import { lastSlot } from '../../domain/notification/slots.js';
import type { Clock } from '../../domain/ports.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import { RecipientRepository } from '../../persistence/repositories/recipient.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';

/** Whom to write to: contacts without a first mail, and digests whose date has come. */
@Injectable()
export class TellingDue implements DueCheck {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly recipients: RecipientRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const slot = lastSlot(this.clock.now(), this.settings.digest);
    const digests = await this.recipients.waitingFor(slot);
    return [
      ...(await this.profiles.withUnknownContacts()).map((profileId) => job('welcome', { profileId })),
      ...digests.map(({ profileId, email }) => job('digest', { profileId, email, slot: slot.toISOString() })),
    ];
  }
}
