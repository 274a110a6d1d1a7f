import { z } from 'zod';
import {
  PARTNER_READING_STATES,
  type PartnerReadingEntity,
} from '../store/partners/partner-reading.entity.js';

export const PartnersView = z
  .object({
    state: z
      .enum(PARTNER_READING_STATES)
      .describe('result of the last reading, or that one is running; `new` before the first'),
    reason: z.string().nullable().describe('why nothing was changed'),
    lastGoodAt: z.iso.datetime().nullable().describe('when partner searches were last read'),
    nextAt: z.iso.datetime().nullable(),
    unread: z.number().int().describe('rows that could not be read in the last good reading'),
    unreadWhy: z.string().nullable(),
  })
  .meta({ id: 'PartnerReading' });
export type PartnersView = z.infer<typeof PartnersView>;

/** For a source that has partner searches; they are unknown before its first good harvest. */
export const partnersView = (reading: PartnerReadingEntity | undefined): PartnersView => ({
  state: reading?.state ?? 'new',
  reason: reading?.reason ?? null,
  lastGoodAt: reading?.lastGoodAt?.toISOString() ?? null,
  nextAt: reading && reading.state !== 'reading' ? reading.dueAt.toISOString() : null,
  unread: reading?.unread ?? 0,
  unreadWhy: reading?.unreadWhy ?? null,
});
