import { z } from 'zod';
import { nextTurn } from '../../kernel/time-slices.js';
import { inEachLanguage } from '../../i18n/translate.js';
import { byLanguage } from '../../kernel/language.js';
import { ParsedCall } from '../domain/parsed-call.js';
import { Change, CHANGE_KINDS } from '../domain/versions/diff.js';
import { CallHead, statusAt } from '../domain/status.js';
import { changeDiff, Piece, type DiffBudget } from '../domain/versions/text-diff.js';
import { changeSentences } from '../domain/facts/change-sentences.js';
import type { EventRow } from '../store/change.repository.js';

const FieldChange = Change.omit({ kind: true }).extend({
  diff: z
    .array(Piece)
    .optional()
    .describe(
      'for a text, word by word, with "…" for unchanged parts; for a list, the items removed and added',
    ),
});

/** One kind of change made by one version of a call. */
export const EventView = z
  .object({
    id: z.string(),
    kind: z.enum(CHANGE_KINDS),
    call: CallHead.extend({
      language: z.string(),
      kind: ParsedCall.shape.kind,
      url: z.string().nullable(),
    }).describe('the current call'),
    seenAt: z.iso.datetime().describe('when the change was first seen'),
    version: z.number().int().describe('the version of the call that resulted'),
    source: z.string().nullable().describe('the source that reports it'),
    run: z.uuid(),
    document: z.object({
      hash: z
        .string()
        .nullable()
        .describe(
          'SHA-256 of its bytes; null for an absent call: only all documents of the run together show that',
        ),
      url: z.string().describe("where to get the original bytes, or the list of the run's documents"),
    }),
    changes: z.array(FieldChange),
    says: byLanguage(z.array(z.string())).describe('the same in sentences'),
  })
  .meta({ id: 'ChangeEvent' });
export type EventView = z.infer<typeof EventView>;

export const documentUrl = (hash: string): string => `/v1/documents/${hash}`;

/** Per page, with pauses between texts; later texts are shown as before and after. */
const MOST_STEPS_A_PAGE = 2_000_000;

async function fieldChange(change: Change, budget: DiffBudget): Promise<EventView['changes'][number]> {
  const { kind: _, ...rest } = change;
  const diff = changeDiff(change, budget);
  // Diffing a long text blocks the event loop for some hundredths of a second; let other requests run in
  // between.
  await nextTurn();
  return diff ? { ...rest, diff } : rest;
}

/** Returns events as the API and pages show them, in the same order. */
export async function eventViews(events: EventRow[], now: Date): Promise<EventView[]> {
  const budget = { steps: MOST_STEPS_A_PAGE };
  const views: EventView[] = [];
  for (const event of events) views.push(await eventView(event, now, budget));
  return views;
}

async function eventView(event: EventRow, now: Date, budget: DiffBudget): Promise<EventView> {
  const { kind, callId, callKind, title, language, identifier, url, documentHash: hash, runId } = event;
  const changes = event.changes.filter((c) => c.kind === kind);
  const behind = { deadlines: event.deadlines, kind: callKind };
  const described: EventView['changes'] = [];
  for (const change of changes) described.push(await fieldChange(change, budget));
  return {
    id: `${event.seq}-${kind}`,
    kind,
    call: { id: callId, title, language, kind: callKind, identifier, url, status: statusAt(event, now) },
    seenAt: event.seenAt.toISOString(),
    version: event.version,
    source: event.sourceId,
    run: runId,
    document: { hash, url: hash ? documentUrl(hash) : `/v1/runs/${runId}/documents` },
    changes: described,
    says: inEachLanguage((language) => changeSentences(changes, language, behind)),
  };
}
