import { z } from 'zod';
import { ClaimReason, type ClaimedProject } from '../../domain/history/claims.js';
import { HistoryProject } from '../../domain/history/history-project.js';
import { pageOf } from '../../platform/api/paging.js';

export const ClaimedView = HistoryProject.omit({ objective: true, participants: true })
  .extend({
    roles: z.array(z.string()).describe('in which the numbers that claim it take part'),
    participants: z.number().int().describe('how many organisations take part'),
    why: z.array(ClaimReason).describe('all that claims it'),
  })
  .meta({ id: 'ClaimedProject' });
export type ClaimedView = z.infer<typeof ClaimedView>;

export const TrackRecordView = pageOf(ClaimedView)
  .extend({
    unclaimed: z.number().int().describe('projects of the same numbers that the track record does not claim'),
    unknown: z.array(z.object({ pic: z.string(), name: z.string() })).describe('names of the track record that no project of their number bears'),
  })
  .meta({ id: 'TrackRecord' });
export type TrackRecordView = z.infer<typeof TrackRecordView>;

export function claimedView({ project, why }: ClaimedProject): ClaimedView {
  const { objective: _, participants, ...rest } = project;
  const pics = new Set(why.map((w) => w.pic));
  return {
    ...rest, roles: [...new Set(participants.filter((p) => pics.has(p.pic)).map((p) => p.role))],
    participants: new Set(participants.map((p) => p.pic)).size, why,
  };
}

/** Where a project stands: the one that began last first, those without a day last, then by number. */
export const Place = z.object({ start: z.iso.date().nullable(), id: z.string().regex(/^\d{1,15}$/) });
export type Place = z.infer<typeof Place>;

export function inOrder(a: Place, b: Place): number {
  if (a.start !== b.start) return (a.start ?? '') < (b.start ?? '') ? 1 : -1;
  return Number(b.id) - Number(a.id);
}
