import { z } from 'zod';
import type { CalendarAsked } from '../../calls/deadline-calendar.js';
import { withQuery } from '../../ui/address.js';
import type { Viewer } from '../../ui/viewer.js';

/** A valid month in a plausible range. */
const MonthText = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

/** The page's query parameters. */
export const ADDRESS = {
  from: MonthText.optional(),
  day: z.iso
    .date()
    .refine((day) => /^20/.test(day))
    .optional(),
  show: z.enum(['mine']).optional(),
  programme: z.string().trim().max(200).optional(),
  drafts: z.enum(['shown']).optional(),
};
export type Address = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** Returns the calendar query for a URL's query; the network has no calls of its own. */
export function askedBy(v: Viewer, { from, day, show, programme, drafts }: Address): CalendarAsked {
  const profile = v.actor?.profileId ?? null;
  return {
    from: from ?? null,
    profile,
    only: profile !== null && show === 'mine',
    programme: programme ?? null,
    drafts: drafts === 'shown',
    day: day ?? null,
  };
}

/** Returns the page's URL with some parameters changed. */
export const addressWith = (
  address: Address,
  changed: Partial<Record<keyof Address, string | null>>,
): string => withQuery('/deadlines', { ...address, ...changed });
