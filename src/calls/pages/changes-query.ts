import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CHANGE_KINDS } from '../domain/versions/diff.js';
import { beginning } from '../domain/months.js';
import type { EventsAsked } from '../call-events.js';

/** What stands in the address of the page. */
export const ADDRESS = {
  kind: z.enum(CHANGE_KINDS).optional(),
  since: z.iso
    .date()
    .refine((day) => /^20/.test(day))
    .optional(),
  /** Only what fits one's own institute. */
  show: z.enum(['mine']).optional(),
  cursor: z.string().max(1_000).optional(),
};
export type ChangesAddress = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** What that asks for. The network has no calls of its own: there all are shown. */
export function askedBy(actor: Actor, { kind, since, show }: ChangesAddress): EventsAsked {
  const profile = show === 'mine' ? actor.profileId : null;
  return {
    ...(kind && { kinds: [kind] }),
    ...(since && { since: beginning(since) }),
    ...(profile !== null && { profile }),
  };
}
