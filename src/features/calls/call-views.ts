import { z } from 'zod';
import { CallContent } from '../../domain/call/call-content.js';
import { Change } from '../../domain/call/diff.js';
import { STATUSES, statusAt } from '../../domain/call/status.js';
import type { CallEntity } from '../../persistence/entities/call.entity.js';
import type { CallVersionEntity } from '../../persistence/entities/call-version.entity.js';
import type { SightingEntity } from '../../persistence/entities/sighting.entity.js';

const Sighting = z.object({
  source: z.string(),
  lastSeenAt: z.iso.datetime(),
  notSeenSince: z.iso.datetime().nullable().describe('the first good run that did not show it any more'),
});

const Known = {
  id: z.uuid(),
  status: z.enum(STATUSES).describe('by our own clock'),
  version: z.number().int(),
  firstSeenAt: z.iso.datetime(),
  seenAt: z.array(Sighting),
};

/** A call in a list: all but its text. */
export const CallSummary = CallContent.omit({ sections: true }).extend(Known).meta({ id: 'CallSummary' });
export type CallSummary = z.infer<typeof CallSummary>;

export const CallView = CallContent.extend(Known).meta({ id: 'Call' });
export type CallView = z.infer<typeof CallView>;

export const VersionView = z
  .object({ version: z.number().int(), seenAt: z.iso.datetime(), changes: z.array(Change), content: CallContent, run: z.uuid() })
  .meta({ id: 'CallVersion' });
export type VersionView = z.infer<typeof VersionView>;

/** A call with what we know of it beside what the source says. */
export function callView(call: CallEntity, sightings: SightingEntity[], now: Date): CallView {
  return {
    ...call.content,
    id: call.id,
    status: statusAt(call, now),
    version: call.version,
    firstSeenAt: call.firstSeenAt.toISOString(),
    seenAt: sightings.map((s) => ({
      source: s.sourceId, lastSeenAt: s.lastSeenAt.toISOString(), notSeenSince: s.missingSince?.toISOString() ?? null,
    })),
  };
}

export function callSummary(call: CallEntity, sightings: SightingEntity[], now: Date): CallSummary {
  const { sections: _, ...rest } = callView(call, sightings, now);
  return rest;
}

export const versionView = (v: CallVersionEntity): VersionView => ({
  version: v.version, seenAt: v.seenAt.toISOString(), changes: v.changes, content: v.content, run: v.runId,
});
