import { ownPath } from '../../access/domain/index.js';

/**
 * Where a form came from, if that is a page of ours; else `otherwise`. Never another site, however it is
 * written.
 */
export const backTo = (back: string | undefined, otherwise: string): string => ownPath(back) ?? otherwise;

/** What an address says of one visit alone. */
const ONCE = ['decided', 'unsaved', 'unsavedName'];

/**
 * The page's address with the call that was just decided, so that it can say so and offer to undo it; without
 * what was said before.
 */
export function withDecided(path: string, callId: string | null): string {
  const url = new URL(path, 'http://here');
  for (const name of ONCE) url.searchParams.delete(name);
  if (callId !== null) url.searchParams.set('decided', callId);
  return `${url.pathname}${url.search}`;
}
