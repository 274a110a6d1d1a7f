import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import { Language } from '../../kernel/language.js';
import { PaperContent, PAPER_KINDS, Month } from '../domain/paper.js';
import type { PaperEntity } from '../store/paper.repository.js';

const InLanguage = Language.optional().describe('by default the caller’s own, otherwise French');
const Group = z.string().max(63).optional();
export const PackInput = z.strictObject({
  month: Month,
  group: Group.describe('the group it is for; by default all institutes'),
  language: InLanguage,
});
export const OfferInput = z
  .strictObject({
    call: z.uuid().optional(),
    group: Group.describe('the sector it is addressed to'),
    language: InLanguage,
  })
  .refine(({ call, group }) => (call === undefined) !== (group === undefined), {
    path: ['call'],
    ...issue('call-or-group'),
  });
export const PaperInput = PaperContent.extend({
  version: z.int32().min(1).describe('the revision that was edited'),
});

const SUMMARY = {
  id: z.uuid(),
  kind: z.enum(PAPER_KINDS),
  group: z
    .string()
    .nullable()
    .describe('the group it is for; null if it is for all institutes or for a call'),
  month: z.string().nullable().describe('for a pack: 2026-06'),
  call: z.uuid().nullable().describe('for an offer that answers a call'),
  language: Language,
  title: z.string(),
  version: z.number().int().describe('increases with each edit; an edit states the one it is based on'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable().describe('when it was last sent to its group'),
};

export const PaperSummary = z.object(SUMMARY).meta({ id: 'PaperSummary' });
export type PaperSummary = z.infer<typeof PaperSummary>;

export const PaperView = z
  .object({ ...SUMMARY, sections: PaperContent.shape.sections })
  .meta({ id: 'Paper' });
export type PaperView = z.infer<typeof PaperView>;

export const paperSummary = (paper: PaperEntity): PaperSummary => ({
  id: paper.id,
  kind: paper.kind,
  group: paper.groupId,
  month: paper.month,
  call: paper.callId,
  language: paper.language,
  title: paper.title,
  version: paper.version,
  createdAt: paper.createdAt.toISOString(),
  updatedAt: paper.updatedAt.toISOString(),
  sentAt: paper.sentAt?.toISOString() ?? null,
});

export const paperView = (paper: PaperEntity): PaperView => ({
  ...paperSummary(paper),
  sections: paper.sections,
});
