import { z } from 'zod';
import { defineJob, ofAllInstitutes, ofItsInstitute } from '../platform/queue/job.js';

// What a changed profile asks of capabilities that stand above it. They run these jobs; the definitions are
// here because profiles queue them too.

const data = z.strictObject({ profileId: z.string() });

/** Matches a profile with the calls that it has not been matched with. */
export const MATCH = defineJob({ name: 'match', queue: 'match', data, rows: ofItsInstitute });
/**
 * Matches a sixteenth of all institutes with new and changed calls: that most of these are nothing to most of
 * them is seen for many at once.
 */
export const MATCH_NEW = defineJob({
  name: 'match-new',
  queue: 'match',
  data: z.strictObject({ part: z.string() }),
  rows: ofAllInstitutes('new calls are scored for many institutes at once'),
});
/** The sixteenths, which workers share; see `ProfileRepository.matchedStatesIn`. */
export const PARTS = [...'0123456789abcdef'];

/** Subscribes the confirmed contacts of a profile, and the people of its institute. */
export const CONTACTS = defineJob({
  name: 'contacts',
  queue: 'notify',
  data,
  rows: ofAllInstitutes('a contact of several institutes is one recipient'),
});
export const ASK_CONTACTS = defineJob({ name: 'ask-contacts', queue: 'mail', data, rows: ofItsInstitute });
