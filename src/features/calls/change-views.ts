import { z } from 'zod';
import { Change, CHANGE_KINDS } from '../../domain/call/diff.js';
import { STATUSES, statusAt } from '../../domain/call/status.js';
import { changeDiff, Piece } from '../../domain/call/text-diff.js';
import { changeSentences } from '../../domain/notification/change-sentences.js';
import type { EventRow } from '../../persistence/repositories/change.repository.js';

const FieldChange = Change.omit({ kind: true }).extend({
  diff: z.array(Piece).optional().describe('of a text, word by word, with "…" for what stayed; of a list, the members that it lost and gained'),
});

/** One kind of change that one version of a call brought. */
export const EventView = z
  .object({
    id: z.string(),
    kind: z.enum(CHANGE_KINDS),
    call: z
      .object({ id: z.uuid(), title: z.string(), identifier: z.string().nullable(), url: z.string().nullable(), status: z.enum(STATUSES) })
      .describe('the call as it stands now'),
    seenAt: z.iso.datetime().describe('when the change was first seen'),
    version: z.number().int().describe('the version of the call that it made'),
    source: z.string().nullable().describe('the source that says so'),
    run: z.uuid(),
    document: z.object({
      hash: z.string().nullable().describe('SHA-256 of its bytes; null where a call is absent: that no single document shows, but all of the run together'),
      url: z.string().describe('where the bytes can be read as they came, or the list of the run\'s documents'),
    }),
    changes: z.array(FieldChange),
    says: z.object({ en: z.array(z.string()), fr: z.array(z.string()) }).describe('the same in sentences'),
  })
  .meta({ id: 'ChangeEvent' });
export type EventView = z.infer<typeof EventView>;

export const documentUrl = (hash: string): string => `/v1/documents/${hash}`;

function fieldChange(change: Change): EventView['changes'][number] {
  const { kind: _, ...rest } = change;
  const diff = changeDiff(change);
  return diff ? { ...rest, diff } : rest;
}

/** An event as people and programs read it. */
export function eventView(event: EventRow, now: Date): EventView {
  const { kind, callId, title, identifier, url, documentHash: hash, runId } = event;
  const changes = event.changes.filter((c) => c.kind === kind);
  return {
    id: `${event.seq}-${kind}`, kind,
    call: { id: callId, title, identifier, url, status: statusAt(event, now) },
    seenAt: event.seenAt.toISOString(), version: event.version, source: event.sourceId, run: runId,
    document: { hash, url: hash ? documentUrl(hash) : `/v1/runs/${runId}/documents` },
    changes: changes.map(fieldChange),
    says: { en: changeSentences(changes, 'en'), fr: changeSentences(changes, 'fr') },
  };
}
