import { z } from 'zod';
import { Invalid } from '../../kernel/errors.js';
import type { Sent } from '../../ui/form.js';

export const Back = z.string().max(2_000).optional();

/**
 * Returns the values of a form of buttons. An invalid one does not come from our pages: it is rejected, with
 * its field names.
 */
export function taken<T>(sent: Sent<T>): T {
  if (sent.ok) return sent.value;
  throw new Invalid(sent.issues);
}
