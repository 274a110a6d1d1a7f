import { z } from 'zod';

/**
 * Which e-mails about the pipeline of their institute somebody wants: when a comment mentions them, and about
 * their own dates and tasks.
 */
export const PipelineMails = z.enum(['all', 'mentions', 'dates', 'none']);
export type PipelineMails = z.infer<typeof PipelineMails>;

export const wantsMentions = (mails: PipelineMails): boolean => mails === 'all' || mails === 'mentions';
export const wantsDates = (mails: PipelineMails): boolean => mails === 'all' || mails === 'dates';
