import { z } from 'zod';

/** A language in which the program speaks to people. */
export const Language = z.enum(['fr', 'en']);
export type Language = z.infer<typeof Language>;
