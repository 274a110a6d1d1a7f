import { z } from 'zod';

/**
 * Which e-mails about their institute's pipeline a person wants: comments that mention them, and their own
 * dates and tasks.
 */
export const PipelineMails = z.enum(['all', 'mentions', 'dates', 'none']);
export type PipelineMails = z.infer<typeof PipelineMails>;

export const wantsMentions = (mails: PipelineMails): boolean => mails === 'all' || mails === 'mentions';
export const wantsDates = (mails: PipelineMails): boolean => mails === 'all' || mails === 'dates';
