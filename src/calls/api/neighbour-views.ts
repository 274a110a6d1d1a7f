import { z } from 'zod';
import { CallContent } from '../domain/call-content.js';
import { STATUSES, statusAt } from '../domain/status.js';
import type { StatedTotal } from '../domain/page/budget-comparison.js';
import type { Neighbour } from '../store/call-neighbours.repository.js';
import { BudgetFor, budgetFor } from '../domain/page/budget-for.js';

/** A call related to another one. */
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
  .extend({ id: z.uuid(), status: z.enum(STATUSES).describe('by the server’s clock'), ...BudgetFor })
  .meta({ id: 'CallNeighbour' });
export type NeighbourView = z.infer<typeof NeighbourView>;

export const CallContext = z
  .object({
    parent: NeighbourView.nullable().describe(
      'for a cascade call: the topic that funded its project, if stored here',
    ),
    sisters: z.array(NeighbourView).describe('the other topics of the same call'),
    editions: z.array(NeighbourView).describe('the same call in other years, closed ones too, newest first'),
    similar: z
      .array(NeighbourView)
      .describe(
        'calls on the same subject that are not closed, most similar first, without topics of the same call and other editions',
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
