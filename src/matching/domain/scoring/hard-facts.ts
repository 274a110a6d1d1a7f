import { z } from 'zod';
import type { CallContent } from '../../../calls/domain/call-content.js';

/** A fact that rules a call out, however well it fits. */
export const HardFact = z.object({
  fact: z.enum(['deadline-passed', 'closed']),
  says: z.string(),
  at: z.iso.datetime().nullable(),
});
export type HardFact = z.infer<typeof HardFact>;

/** Returns what rules the call out now; empty if it is still open or forthcoming. */
export function hardFacts(call: Pick<CallContent, 'deadlines' | 'sourceStatus'>, now: Date): HardFact[] {
  const last = call.deadlines.at(-1);
  if (last && new Date(last.at) <= now) {
    const which = call.deadlines.length > 1 ? 'its last deadline has passed' : 'its deadline has passed';
    return [{ fact: 'deadline-passed', says: `${which} (${last.brussels})`, at: last.at }];
  }
  if (!last && call.sourceStatus === 'closed')
    return [{ fact: 'closed', says: 'the source says that it is closed', at: null }];
  return [];
}
