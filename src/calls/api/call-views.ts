import { z } from 'zod';
import type { Language } from '../../kernel/language.js';
import { CallContent } from '../domain/call-content.js';
import { Change } from '../domain/versions/diff.js';
import { type Status, STATUSES, statusAt } from '../domain/status.js';
import { Requirements } from '../domain/requirements.js';
import { budgetFor, BudgetFor, type StatedTotal } from '../domain/page/budget-comparison.js';
import type { CallEntity, CallVersionEntity } from '../store/call.entity.js';
import type { Seen, ListedCall } from '../store/call.repository.js';
import { summaryOf, SummaryView } from '../domain/summary.js';

const SourceRecord = z.object({
  source: z.string(),
  url: z.string().nullable().describe('its page at the source'),
  leads: z.boolean().describe('whether the content of the call comes from this source'),
  lastSeenAt: z.iso.datetime(),
  notSeenSince: z.iso.datetime().nullable().describe('the first good run in which it was missing'),
  goneAt: z.iso
    .datetime()
    .nullable()
    .describe('when it had been missing so long that it was considered gone'),
});

const Known = {
  id: z.uuid(),
  status: z.enum(STATUSES).describe('by the server’s clock'),
  version: z.number().int(),
  firstSeenAt: z.iso.datetime(),
  withdrawnAt: z.iso
    .datetime()
    .nullable()
    .describe('when it was considered withdrawn: no source lists it any more, well before its deadline'),
  seenAt: z.array(SourceRecord).describe('each source that lists or listed it'),
};

const summary = SummaryView.nullable().describe(
  'what it is about, in two sentences at most; null where its text says nothing',
);

/** A call in a list: everything but its text. */
export const CallSummary = CallContent.omit({ sections: true })
  .extend({
    ...Known,
    summary,
    ...BudgetFor,
    near: z
      .literal(true)
      .optional()
      .describe(
        'in a search: it has none of the words, but is close to them in meaning; such calls come last',
      ),
    nearTo: z.array(z.string()).optional().describe('if it is near: what it says that is close in meaning'),
  })
  .meta({ id: 'CallSummary' });
export type CallSummary = z.infer<typeof CallSummary>;

const CallView = CallContent.extend(Known);
export type CallView = z.infer<typeof CallView>;

export const OneCallView = CallView.extend({
  requirements: Requirements.describe(
    'what its text says of who may answer and how, each with the sentence; empty where nothing was found',
  ),
  summary,
  notes: z
    .array(z.object({ day: z.iso.date(), text: z.string() }))
    .describe('official notes on it, newest first: the day as written there, and the text'),
  partnerSearches: z
    .object({ offers: z.number().int(), requests: z.number().int() })
    .describe('how many organisations are looking for partners for it, when last read'),
}).meta({ id: 'Call' });
export type OneCallView = z.infer<typeof OneCallView>;

export const VersionView = z
  .object({
    version: z.number().int(),
    seenAt: z.iso.datetime(),
    changes: z.array(Change),
    content: CallContent,
    run: z.uuid(),
    textsDroppedAt: z.iso
      .datetime()
      .nullable()
      .describe(
        'since when the texts of this version are no longer kept; changes of texts then have length and md5 of each',
      ),
  })
  .meta({ id: 'CallVersion' });
export type VersionView = z.infer<typeof VersionView>;

/** Returns what we know about a call beyond what its source says. */
function known(call: Omit<ListedCall, 'content'>, sourceRecords: Seen[], status: Status) {
  return {
    id: call.id,
    status,
    version: call.version,
    firstSeenAt: call.firstSeenAt.toISOString(),
    withdrawnAt: call.withdrawnAt?.toISOString() ?? null,
    seenAt: sourceRecords.map((s) => ({
      source: s.sourceId,
      url: s.url,
      leads: s.leads,
      lastSeenAt: s.lastSeenAt.toISOString(),
      notSeenSince: s.missingSince?.toISOString() ?? null,
      goneAt: s.goneAt?.toISOString() ?? null,
    })),
  };
}

export const callView = (call: CallEntity, sourceRecords: Seen[], now: Date): CallView => ({
  ...call.content,
  ...known(call, sourceRecords, statusAt(call, now)),
});

export function callSummary(
  call: ListedCall,
  {
    status,
    sourceRecords,
    total,
    language,
    near,
    nearTo,
  }: {
    status: Status;
    sourceRecords: Seen[];
    total: StatedTotal | undefined;
    language: Language;
    near: boolean;
    nearTo: string[] | undefined;
  },
): CallSummary {
  return {
    ...call.content,
    ...known(call, sourceRecords, status),
    summary: summaryOf(call, language),
    ...budgetFor(total),
    ...(near && { near, nearTo: nearTo ?? [] }),
  };
}

export const versionView = (v: CallVersionEntity): VersionView => ({
  version: v.version,
  seenAt: v.seenAt.toISOString(),
  changes: v.changes,
  content: v.content,
  run: v.runId,
  textsDroppedAt: v.textsDroppedAt?.toISOString() ?? null,
});
