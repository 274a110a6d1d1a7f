import { z } from 'zod';
import { LEADS, ROLES } from '../domain/opportunity.js';
import { STAGES } from '../domain/stage.js';
import { withQuery } from '../../ui/address.js';
import { pipelinePath } from './bid-words.js';

/** The filters of the page, named as in its query. */
export const PIPELINE_FIELDS = {
  view: z.enum(['board', 'table']).default('board'),
  q: z.string().trim().min(1).max(200).optional(),
  stage: z.enum(STAGES).optional(),
  lead: z.enum(LEADS).optional(),
  role: z.enum(ROLES).optional(),
  mine: z.enum(['true']).optional(),
  cursor: z.string().max(1_000).optional(),
};
export type PipelineQuery = z.infer<z.ZodObject<typeof PIPELINE_FIELDS>>;

/** The page's address with these changes; null removes a filter. */
export const pipelineAddress = (
  profileId: string,
  { cursor: _, view, ...filters }: PipelineQuery,
  change: Partial<Record<keyof PipelineQuery, string | null>> = {},
): string =>
  withQuery(pipelinePath(profileId), { ...filters, view: view === 'board' ? null : view, ...change });

/** The filters that are set. */
export const filtersOf = ({ q, stage, lead, role, mine }: PipelineQuery): string[] =>
  [q, stage, lead, role, mine].filter((value) => value !== undefined);
