import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CHANGE_KINDS } from '../domain/versions/diff.js';
import { beginning } from '../domain/months.js';
import type { EventsAsked } from '../call-events.js';

/** The page's query parameters. */
export const ADDRESS = {
  kind: z.enum(CHANGE_KINDS).optional(),
  since: z.iso
    .date()
    .refine((day) => /^20/.test(day))
    .optional(),
  /** Only what fits the viewer's own institute. */
  show: z.enum(['mine']).optional(),
  cursor: z.string().max(1_000).optional(),
};
export type ChangesAddress = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** Returns the event query for a URL's query. The network has no calls of its own, so it sees all of them. */
export function askedBy(actor: Actor, { kind, since, show }: ChangesAddress): EventsAsked {
  const profile = show === 'mine' ? actor.profileId : null;
  return {
    ...(kind && { kinds: [kind] }),
    ...(since && { since: beginning(since) }),
    ...(profile !== null && { profile }),
  };
}
