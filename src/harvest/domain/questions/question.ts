import { z } from 'zod';

/** A question on topics with its answer, as its source publishes it. */
export const ParsedQuestion = z.object({
  /** The source's own number. */
  id: z.string().regex(/^[\w-]{1,64}$/),
  /** The identifiers of its topics, in capitals. */
  topics: z.array(z.string().min(1)),
  question: z.string().min(1),
  /** Plain text, one paragraph a line; null if there is none. */
  answer: z.string().min(1).nullable(),
  /** Whether the source keeps it without publishing it any more. */
  archived: z.boolean(),
  publishedAt: z.iso.datetime().nullable(),
  url: z.url().nullable(),
  /**
   * Of a row of a list, where the answer may be cut off: what changes whenever the row does. Null in the
   * question's own document, which has all of it.
   */
  listedAs: z.string().min(1).nullable(),
});
export type ParsedQuestion = z.infer<typeof ParsedQuestion>;

/** What is known of a question before a run. */
export interface KnownQuestion {
  listedAs: string;
  /** Whether the list did not have all of its answer. */
  cut: boolean;
}

/** Returns a topic's identifier as questions name it. */
export const topicKey = (identifier: string): string => identifier.trim().toUpperCase();

const Value = z.union([z.string(), z.array(z.string()), z.null()]);
/** A correction: what a field said before and after. */
export const QuestionChange = z.object({
  at: z.iso.datetime(),
  field: z.enum(['question', 'answer', 'topics']),
  from: Value,
  to: Value,
});
export type QuestionChange = z.infer<typeof QuestionChange>;

/** What readers see of a question. */
export type QuestionContent = Pick<ParsedQuestion, 'question' | 'answer' | 'topics'>;

/** The words alone: HTML may change without them, and so may blanks and lines. */
const words = (value: string | string[] | null): string =>
  Array.isArray(value)
    ? [...value].sort().join('\n')
    : (value ?? '').normalize('NFKC').replace(/\s+/g, ' ').trim();

/** Returns what people would read differently. */
export const correctionsBetween = (
  before: QuestionContent,
  after: QuestionContent,
  at: string,
): QuestionChange[] =>
  (['question', 'answer', 'topics'] as const)
    .filter((field) => words(before[field]) !== words(after[field]))
    .map((field) => ({ at, field, from: before[field], to: after[field] }));

/** Whether a list shows all of an answer, which the question's own document has. */
export const isCut = (
  listed: Pick<ParsedQuestion, 'answer'>,
  whole: Pick<ParsedQuestion, 'answer'>,
): boolean => words(listed.answer) !== words(whole.answer);

export interface QuestionHistory extends QuestionContent {
  id: string;
  firstSeenAt: Date;
  /** Whether it was published after its topic was first asked for. */
  isNews: boolean;
  changes: QuestionChange[];
  goneAt: Date | null;
}

export const QUESTION_NEWS = ['new', 'corrected', 'withdrawn'] as const;
export type QuestionNews = (typeof QUESTION_NEWS)[number];

/** Returns what is news of a question for one of its topics at these moments; null if nothing is. */
export function newsFor(
  topic: string,
  question: QuestionHistory,
  moments: readonly Date[],
): QuestionNews | null {
  const at = new Set(moments.map((m) => m.getTime()));
  const changes = question.changes.filter((c) => at.has(Date.parse(c.at)));
  const [first] = changes.filter((c) => c.field === 'topics');
  const was = first ? (first.from as string[]).includes(topic) : question.topics.includes(topic);
  const isNew = !was || (question.isNews && at.has(question.firstSeenAt.getTime()));
  const isThere = question.goneAt === null && question.topics.includes(topic);
  if (!isThere) {
    const left = question.goneAt
      ? at.has(question.goneAt.getTime())
      : changes.some((c) => c.field === 'topics');
    return left && !isNew ? 'withdrawn' : null;
  }
  if (isNew) return 'new';
  return changes.some((c) => c.field !== 'topics') ? 'corrected' : null;
}
