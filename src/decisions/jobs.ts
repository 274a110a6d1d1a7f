import { z } from 'zod';
import { defineJob, ofItsInstitute } from '../platform/queue/job.js';

/** Applies an institute's decisions to its pipeline, which stands above them and runs this job. */
export const TAKE_UP = defineJob({
  name: 'take-up',
  queue: 'notify',
  data: z.strictObject({ profileId: z.string() }),
  rows: ofItsInstitute,
});
