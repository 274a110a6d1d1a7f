import { z } from 'zod';

/** What a researcher answers to a proposed call. */
export const ANSWERS = ['interested', 'not-for-me', 'ask-other'] as const;
export const Answer = z.enum(ANSWERS);
export type Answer = z.infer<typeof Answer>;

/** An answer as it is given: with a word, and with whom to ask where it is to be somebody else. */
export const AnswerGiven = z
  .object({
    answer: Answer,
    // A browser sends the end of a line as two characters.
    word: z
      .string()
      .trim()
      .overwrite((text) => text.replaceAll('\r\n', '\n'))
      .max(2_000)
      .optional(),
    /** A name or an address, as they know it. */
    other: z.string().trim().max(320).optional(),
  })
  .refine((given) => given.answer !== 'ask-other' || Boolean(given.other), {
    path: ['other'],
    error: 'is required: whom to ask',
  });
export type AnswerGiven = z.infer<typeof AnswerGiven>;

/** An answer as it stands; all null where none came yet. */
export interface AnswerState {
  answer: Answer | null;
  word: string | null;
  other: string | null;
}

/** What is kept of an answer: somebody else only where they are to be asked. */
export const keptOf = ({ answer, word, other }: AnswerGiven): AnswerState & { answer: Answer } => ({
  answer,
  word: word || null,
  other: answer === 'ask-other' ? other! : null,
});

/** Whether the answer says the same as before: then nobody needs to be told. */
export const sameAnswer = (a: AnswerState, b: AnswerState): boolean =>
  a.answer === b.answer && a.word === b.word && a.other === b.other;
