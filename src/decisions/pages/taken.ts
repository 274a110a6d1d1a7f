import { z } from 'zod';
import { invalid } from '../../platform/api/problem.js';
import type { Sent } from '../../ui/form.js';

/** The page that a form comes back to. */
export const Back = z.string().max(2_000).optional();

/**
 * What a form of buttons said. One that cannot be read was not made by our pages: it is refused, by the names
 * of its fields.
 */
export function taken<T>(sent: Sent<T>): T {
  if (sent.ok) return sent.value;
  throw invalid(Object.entries(sent.errors).map(([path, message]) => ({ path: [path], message })));
}
