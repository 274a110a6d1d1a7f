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
type MonitoringSettings = z.infer<typeof MonitoringSettings>;

/** Each worker reports every `everySeconds`; one report may be late or lost. */
const REPORTS = 2;

/** Returns what contradicts itself: the two settings may stand in different files. */
export function contradictions({ everySeconds, workerSilentMinutes }: MonitoringSettings): string[] {
  const most = (workerSilentMinutes * 60) / REPORTS;
  return everySeconds > most
    ? [
        `monitoring.everySeconds is ${everySeconds}, and no sign of life of a worker for monitoring.workerSilentMinutes (${workerSilentMinutes}) is an alarm. Fix: Set everySeconds to at most ${Math.floor(most)}, or workerSilentMinutes to at least ${Math.ceil((everySeconds * REPORTS) / 60)}.`,
      ]
    : [];
}
