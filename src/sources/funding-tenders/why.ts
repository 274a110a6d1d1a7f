import { z } from 'zod';

/** Why something could not be read, with the field named. */
export const why = (error: unknown): string =>
  error instanceof z.ZodError ? error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') : (error as Error).message;
