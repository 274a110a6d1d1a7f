import type { SampleCall } from './sample-calls.js';
import { portalRecords, type PortalRecord } from './sample-records.js';

/**
 * What the portal holds on the first day of the demonstration, and once its first week is over. Each call has
 * the same reference in both, whether it is published by then or not.
 */
export function recordsInTime(samples: SampleCall[], today: Date): Record<'first' | 'later', PortalRecord[]> {
  const first = portalRecords(samples, today);
  const later = samples.map((call) => ({ ...call, ...call.later }));
  return {
    first: first.filter((_, i) => !samples[i]!.publishedLater),
    later: portalRecords(later, today),
  };
}
