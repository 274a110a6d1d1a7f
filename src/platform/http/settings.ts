import { z } from 'zod';
import { issue } from '../../kernel/issues.js';

/** How requests to other servers are made. */
export const HttpSettings = z.strictObject({
  timeoutSeconds: z.number().min(1).max(600),
  maxMegabytes: z.number().min(1).max(1000),
  maxRedirects: z.number().int().min(0).max(20),
  robots: z.boolean(),
  rateLimit: z.boolean(),
  requestsPerMinute: z.number().int().min(1).max(600),
  contact: z
    .string()
    .max(200)
    // It is put between parentheses in a header.
    .regex(/^(https?:\/\/|mailto:)[^\s()]+$/, issue('contact-address'))
    .nullable(),
});
export type HttpSettings = z.infer<typeof HttpSettings>;
