import { Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../kernel/jobs.js';
import { ContactRepository } from '../store/contact.repository.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';

/**
 * Contacts who are still to be asked, and changes of which the officers are still to be told: a file brought
 * them, or their job was lost.
 */
@Injectable()
export class ContactsDue implements DueCheck {
  constructor(private readonly contacts: ContactRepository) {}

  async due(): Promise<NextJob[]> {
    return (await this.contacts.toWrite()).map((profileId) => job('ask-contacts', { profileId }));
  }
}
