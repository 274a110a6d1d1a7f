import { z } from 'zod';
import { Language } from '../../kernel/language.js';
import { goneOf } from '../domain/candidates.js';
import type { ResearcherEntity } from '../store/proposal.entity.js';

/** A person to add to the list. */
export const ResearcherInput = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    email: z.email().max(320),
    language: Language.describe('the language of messages to them'),
    competences: z
      .array(z.string().trim().max(200))
      .max(50)
      .default([])
      .describe('labels of competences in the profile'),
  })
  .meta({ id: 'ResearcherInput' });
export type ResearcherInput = z.infer<typeof ResearcherInput>;

export const ResearcherView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    language: Language,
    competences: z.array(z.string()),
    gone: z.array(z.string()).describe('competences that are no longer in the profile'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Researcher' });
export type ResearcherView = z.infer<typeof ResearcherView>;

export const researcherView = (r: ResearcherEntity, labels: string[]): ResearcherView => ({
  id: r.id,
  name: r.name,
  email: r.email,
  language: r.language,
  competences: r.competences,
  gone: goneOf(r, labels),
  createdAt: r.createdAt.toISOString(),
  updatedAt: r.updatedAt.toISOString(),
});
