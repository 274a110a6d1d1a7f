import { z } from 'zod';
import { TimeOfDay } from '../../kernel/brussels.js';

/** The setting in the database that holds what is known of them. */
export const BACKUPS = 'backup';

/** When backups are made by themselves, and which of them are kept. */
export const BackupSettings = z.strictObject({
  daily: z.boolean(),
  at: TimeOfDay,
  keepDays: z.number().int().min(1).max(366),
  keepWeeks: z.number().int().min(0).max(520),
  keepMonths: z.number().int().min(0).max(240),
  trialDays: z.number().int().min(0).max(366),
});
export type BackupSettings = z.infer<typeof BackupSettings>;
