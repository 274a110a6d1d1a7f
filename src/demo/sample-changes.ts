import type { SampleCall } from './sample-calls.js';
import { portalRecords, type PortalRecord } from './sample-records.js';

/**
 * The portal's records on the first day of the demo and after its first week. Each call has the same
 * reference in both, whether or not it is published by then.
 */
export function recordsInTime(samples: SampleCall[], today: Date): Record<'first' | 'later', PortalRecord[]> {
  const first = portalRecords(samples, today);
  const later = samples.map((call) => ({ ...call, ...call.later }));
  return {
    first: first.filter((_, i) => !samples[i]!.publishedLater),
    later: portalRecords(later, today),
  };
}
