import { Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../kernel/jobs.js';
import { ContactRepository } from '../store/contact.repository.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';

/** Finds contacts to ask, and changes to tell officers: they came from a file, or the job was lost. */
@Injectable()
export class ContactsDue implements DueCheck {
  constructor(private readonly contacts: ContactRepository) {}

  async due(): Promise<NextJob[]> {
    return (await this.contacts.toWrite()).map((profileId) => job('ask-contacts', { profileId }));
  }
}
