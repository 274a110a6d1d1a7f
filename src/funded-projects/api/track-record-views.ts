import { z } from 'zod';
import { type ClaimedProject, ClaimReason, ownParts } from '../domain/claims.js';
import { HistoryProject, Participant, staysIn } from '../domain/history-project.js';
import { knownSum, KnownSum } from '../domain/contributions.js';
import { InCursor, pageOf } from '../../platform/api/paging.js';

const OwnPart = Participant.pick({
  pic: true,
  role: true,
  ecContribution: true,
  netEcContribution: true,
  totalCost: true,
}).extend({
  ecContribution: Participant.shape.ecContribution.describe('in euros, the EU contribution to it'),
  netEcContribution: Participant.shape.netEcContribution.describe(
    'in euros, the part of it that is not passed on to third parties',
  ),
  totalCost: Participant.shape.totalCost.describe('in euros'),
});

export const ClaimedView = HistoryProject.omit({ objective: true, participants: true })
  .extend({
    roles: z
      .array(z.string())
      .describe('the roles of the numbers that claim it, including those that have left'),
    left: z
      .boolean()
      .describe('whether all of these numbers have left the project; it then counts for nothing'),
    own: z.array(OwnPart).describe('the participations of these numbers, with amounts'),
    participants: z.number().int().describe('how many organisations take part, without those that have left'),
    why: z.array(ClaimReason).describe('every claim on it'),
  })
  .meta({ id: 'ClaimedProject' });
export type ClaimedView = z.infer<typeof ClaimedView>;

export const TrackRecordMoney = z.object({
  projects: z.number().int().describe('how many projects are claimed, without those that were left'),
  ecMaxContribution: KnownSum.describe('the EU contribution to these projects, all partners together'),
  netEcContribution: KnownSum.describe('the part of it that goes to the numbers that claim them'),
});
export type TrackRecordMoney = z.infer<typeof TrackRecordMoney>;

export const TrackRecordView = pageOf(ClaimedView)
  .extend({
    money: TrackRecordMoney.describe('of all pages'),
    unclaimed: z
      .number()
      .int()
      .describe(
        'projects of the same numbers that the track record does not claim, without those that they left',
      ),
    unknown: z
      .array(z.object({ pic: z.string(), name: z.string() }))
      .describe('names in the track record that appear in no project of their number'),
  })
  .meta({ id: 'TrackRecord' });
export type TrackRecordView = z.infer<typeof TrackRecordView>;

export function claimedView(claimed: ClaimedProject): ClaimedView {
  const { objective: _, participants, ...rest } = claimed.project;
  const own = ownParts(claimed);
  return {
    ...rest,
    roles: [...new Set(own.map((p) => p.role))],
    left: claimed.left,
    own: own.map(({ pic, role, ecContribution, netEcContribution, totalCost }) => ({
      pic,
      role,
      ecContribution,
      netEcContribution,
      totalCost,
    })),
    participants: new Set(participants.filter(staysIn).map((p) => p.pic)).size,
    why: claimed.why,
  };
}

/** The money of the claimed projects that the institute has not left. */
export function moneyOf(claimed: ClaimedProject[]): TrackRecordMoney {
  const staying = claimed.filter((c) => !c.left);
  return {
    projects: staying.length,
    ecMaxContribution: knownSum(staying.map((c) => c.project.ecMaxContribution)),
    netEcContribution: knownSum(staying.flatMap(ownParts).map((p) => p.netEcContribution)),
  };
}

/** A project's place in the list: latest start first, those without a start last, then by number. */
export const Place = z.object({ start: InCursor.day.nullable(), id: InCursor.digits });
export type Place = z.infer<typeof Place>;

export function inOrder(a: Place, b: Place): number {
  if (a.start !== b.start) return (a.start ?? '') < (b.start ?? '') ? 1 : -1;
  return Number(b.id) - Number(a.id);
}
