import { z } from 'zod';
import { QuestionChange } from '../domain/questions/question.js';
import type { QuestionEntity } from '../store/questions/question.repository.js';

/** A question on a call's topic, with its answer, as the portal publishes it. */
export const QuestionView = z
  .object({
    id: z.string().describe("the source's own number"),
    question: z.string(),
    answer: z.string().nullable().describe('plain text, one paragraph a line; null: not answered'),
    topics: z.array(z.string()).describe('the identifiers of all topics that it is about, in capitals'),
    url: z.url().nullable().describe('its page at its source'),
    publishedAt: z.iso.datetime().nullable(),
    firstSeenAt: z.iso.datetime(),
    corrections: z.array(QuestionChange).describe('what was corrected since, oldest first; the last twenty'),
    withdrawnAt: z.iso.datetime().nullable().describe('when its source was first read without it'),
  })
  .meta({ id: 'Question' });
export type QuestionView = z.infer<typeof QuestionView>;

export const questionView = (q: QuestionEntity): QuestionView => ({
  id: q.id,
  question: q.question,
  answer: q.answer,
  topics: q.topics,
  url: q.url,
  publishedAt: q.publishedAt?.toISOString() ?? null,
  firstSeenAt: q.firstSeenAt.toISOString(),
  corrections: q.changes,
  withdrawnAt: q.goneAt?.toISOString() ?? null,
});
