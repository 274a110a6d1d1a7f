import { z } from 'zod';
import { CallContent } from '../domain/call-content.js';
import { STATUSES, statusAt } from '../domain/status.js';
import { budgetFor, BudgetFor, type StatedTotal } from '../domain/page/budget-comparison.js';
import type { Neighbour } from '../store/call-neighbours.repository.js';

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

/** The layers of a partnership's joint call; of each layer that is not known here, the API says nothing. */
export const PartnershipView = z
  .object({
    name: z.string().describe('of the partnership'),
    central: NeighbourView.nullable().describe(
      'the joint call, with its rules and dates; null: not found here',
    ),
    national: z
      .array(
        z.object({
          call: NeighbourView,
          funder: z.string().nullable(),
          eligibility: z.array(z.string()).describe('whom the funder funds, in its own sentences'),
          budget: z.string().nullable().describe('the sentence with the amount for the country'),
        }),
      )
      .describe('what French funders say of it; empty: not found here'),
    parent: z
      .object({ identifier: z.string().nullable(), title: z.string().nullable(), id: z.uuid().nullable() })
      .nullable()
      .describe('the topic that co-funds the partnership, and our call for it; null: not found here'),
  })
  .meta({ id: 'Partnership' });
export type PartnershipView = z.infer<typeof PartnershipView>;

export const CallContext = z
  .object({
    partnership: PartnershipView.nullable().describe('for a joint call of a European partnership'),
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
