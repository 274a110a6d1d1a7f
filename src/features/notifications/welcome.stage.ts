import { Injectable } from '@nestjs/common';
import type { JobData, NextJob, Stage } from '../../domain/jobs.js';
import { RecipientRepository } from '../../persistence/repositories/recipient.repository.js';
import { NewContact } from './new-contact.js';
import { Readiness } from './readiness.js';

/**
 * The first mail to each contact who was never written to, once the profile's first matching is done: the best calls that
 * are open, and a baseline. What stands in the portal at that moment is never told as new later.
 */
@Injectable()
export class WelcomeStage implements Stage<'welcome'> {
  readonly job = 'welcome';

  constructor(
    private readonly readiness: Readiness,
    private readonly contacts: NewContact,
    private readonly recipients: RecipientRepository,
  ) {}

  async run({ profileId }: JobData<'welcome'>): Promise<NextJob[]> {
    const profile = await this.readiness.matched(profileId);
    if (!profile) return [];
    const known = new Set((await this.recipients.of(profileId)).map((r) => r.email));
    const fresh = profile.content.contacts.filter((c) => !known.has(c.email.toLowerCase()));
    return (await Promise.all(fresh.map((c) => this.contacts.welcome(profile, c)))).flat();
  }
}
