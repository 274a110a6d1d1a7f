import { z } from 'zod';
import { defineJob, ofAllInstitutes, ofItsInstitute } from '../platform/queue/job.js';

// What a changed profile asks of capabilities that stand above it. They run these jobs; the definitions are
// here because profiles queue them too.

const data = z.strictObject({ profileId: z.string() });

/** Matches a profile with the calls that it has not been matched with. */
export const MATCH = defineJob({ name: 'match', queue: 'match', data, rows: ofItsInstitute });
/** Subscribes the confirmed contacts of a profile, and the people of its institute. */
export const CONTACTS = defineJob({
  name: 'contacts',
  queue: 'notify',
  data,
  rows: ofAllInstitutes('a contact of several institutes is one recipient'),
});
export const ASK_CONTACTS = defineJob({ name: 'ask-contacts', queue: 'mail', data, rows: ofItsInstitute });
