import { z } from 'zod';

/** How often the state is looked at, and what is an alarm. */
export const MonitoringSettings = z.strictObject({
  everySeconds: z.number().int().min(1).max(3600),
  oldestWaitingMinutes: z.number().min(1).max(1440),
  longestQueue: z.number().int().min(1).max(1_000_000),
  workerSilentMinutes: z.number().min(3).max(1440),
  graceSeconds: z.number().int().min(0).max(3600),
  calmMinutes: z.number().int().min(0).max(10_080),
  leastFreeGigabytes: z.number().min(0).max(10_000),
});
