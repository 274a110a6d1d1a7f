import { issue } from '../../kernel/issues.js';
import { z } from 'zod';

/** The answers that a researcher can give to a proposed call. */
export const ANSWERS = ['interested', 'not-for-me', 'ask-other'] as const;
export const Answer = z.enum(ANSWERS);
export type Answer = z.infer<typeof Answer>;

/** An answer as submitted, with an optional comment; `other` is required to suggest another person. */
export const AnswerGiven = z
  .object({
    answer: Answer,
    // Browsers send line breaks as CRLF.
    word: z
      .string()
      .trim()
      .overwrite((text) => text.replaceAll('\r\n', '\n'))
      .max(2_000)
      .optional(),
    /** A name or an address. */
    other: z.string().trim().max(320).optional(),
  })
  .refine((given) => given.answer !== 'ask-other' || Boolean(given.other), {
    path: ['other'],
    ...issue('whom-to-ask'),
  });
export type AnswerGiven = z.infer<typeof AnswerGiven>;

/** The current answer; all null before the first. */
export interface AnswerState {
  answer: Answer | null;
  word: string | null;
  other: string | null;
}

/** The answer to store: `other` only if another person is to be asked. */
export const keptOf = ({ answer, word, other }: AnswerGiven): AnswerState & { answer: Answer } => ({
  answer,
  word: word || null,
  other: answer === 'ask-other' ? other! : null,
});

/** Whether two answers are the same, so that nobody needs to be notified. */
export const sameAnswer = (a: AnswerState, b: AnswerState): boolean =>
  a.answer === b.answer && a.word === b.word && a.other === b.other;
