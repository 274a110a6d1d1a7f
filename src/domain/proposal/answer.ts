import { z } from 'zod';

/** What a researcher answers to a proposed call. */
export const ANSWERS = ['interested', 'not-for-me', 'ask-other'] as const;
export const Answer = z.enum(ANSWERS);
export type Answer = z.infer<typeof Answer>;
