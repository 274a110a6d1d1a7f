import { z } from 'zod';
import { CallContent } from '../domain/call-content.js';
import { STATUSES, statusAt } from '../domain/status.js';
import type { StatedTotal } from '../domain/page/budget-comparison.js';
import type { Neighbour } from '../store/call-neighbours.repository.js';
import { BudgetFor, budgetFor } from '../domain/page/budget-for.js';

/** A call beside another one. */
export const NeighbourView = CallContent.pick({
  title: true,
  kind: true,
  identifier: true,
  callIdentifier: true,
  language: true,
  programme: true,
  typesOfAction: true,
  opensAt: true,
  deadlines: true,
  budget: true,
  url: true,
})
  .extend({ id: z.uuid(), status: z.enum(STATUSES).describe('by our own clock'), ...BudgetFor })
  .meta({ id: 'CallNeighbour' });
export type NeighbourView = z.infer<typeof NeighbourView>;

export const CallContext = z
  .object({
    parent: NeighbourView.nullable().describe(
      'of a cascade call: the topic that funded its project, where it is one of ours',
    ),
    sisters: z.array(NeighbourView).describe('the other topics of the same call'),
    editions: z
      .array(NeighbourView)
      .describe('the same call in other years, closed ones too, the newest first'),
    similar: z
      .array(NeighbourView)
      .describe(
        'calls that are not closed and speak of the same, the nearest first; sisters and editions are not among them',
      ),
  })
  .meta({ id: 'CallContext' });
export type CallContext = z.infer<typeof CallContext>;

export function neighbourView(
  neighbour: Neighbour,
  total: StatedTotal | undefined,
  now: Date,
): NeighbourView {
  const {
    title,
    kind,
    identifier,
    callIdentifier,
    language,
    programme,
    typesOfAction,
    opensAt,
    deadlines,
    budget,
    url,
  } = neighbour.content;
  return {
    title,
    kind,
    identifier,
    callIdentifier,
    language,
    programme,
    typesOfAction,
    opensAt,
    deadlines,
    budget,
    url,
    id: neighbour.id,
    status: statusAt(neighbour, now),
    ...budgetFor(total),
  };
}
