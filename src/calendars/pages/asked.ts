import { z } from 'zod';
import type { CalendarAsked } from '../../calls/index.js';
import { withQuery } from '../../ui/query.js';
import type { Viewer } from '../../ui/viewer.js';

/** A month that calendars have, within what anybody looks for. */
const MonthText = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

/** What stands in the address of the page. */
export const ADDRESS = {
  from: MonthText.optional(),
  day: z.iso
    .date()
    .refine((day) => /^20/.test(day))
    .optional(),
  show: z.enum(['mine']).optional(),
  programme: z.string().trim().max(200).optional(),
};
export type Address = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** What that asks of the calendar; the network has no calls of its own. */
export function askedBy(v: Viewer, { from, day, show, programme }: Address): CalendarAsked {
  const profile = v.actor?.profileId ?? null;
  return {
    from: from ?? null,
    profile,
    only: profile !== null && show === 'mine',
    programme: programme ?? null,
    day: day ?? null,
  };
}

/** The address of the page with something in it changed. */
export const addressWith = (
  address: Address,
  changed: Partial<Record<keyof Address, string | null>>,
): string => withQuery('/deadlines', { ...address, ...changed });
