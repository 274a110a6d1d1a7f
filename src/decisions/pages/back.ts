import { z } from 'zod';
import { ownPath } from '../../access/domain/landing.js';
import { Invalid } from '../../kernel/errors.js';
import type { Sent } from '../../ui/form.js';

/**
 * Returns the page a form came from, if it is one of ours; otherwise `otherwise`. Never another site, however
 * it is written.
 */
export const backTo = (back: string | undefined, otherwise: string): string => ownPath(back) ?? otherwise;

/** Query parameters that are valid for one visit only. */
const ONCE = ['decided', 'unsaved', 'unsavedName'];

/**
 * Adds the call just decided on to the page's URL, so that the page can report it and offer to undo it;
 * removes earlier reports.
 */
export function withDecided(path: string, callId: string | null): string {
  const url = new URL(path, 'http://here');
  for (const name of ONCE) url.searchParams.delete(name);
  if (callId !== null) url.searchParams.set('decided', callId);
  return `${url.pathname}${url.search}`;
}

export const Back = z.string().max(2_000).optional();

/**
 * Returns the values of a form of buttons. An invalid one does not come from our pages: it is rejected, with
 * its field names.
 */
export function taken<T>(sent: Sent<T>): T {
  if (sent.ok) return sent.value;
  throw new Invalid(sent.issues);
}
