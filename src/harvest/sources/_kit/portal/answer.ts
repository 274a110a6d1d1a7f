import { storableJson } from '../../../../kernel/storable.js';
import { z } from 'zod';
import { CarnotError } from '../../../../kernel/errors.js';
import type { RawDocument } from '../../../domain/source.js';

/** A page of a search: how many rows there are in all, and those of the page. */
export const SearchAnswer = z.object({
  totalResults: z.number().int().nonnegative(),
  results: z.array(z.unknown()),
});

/** Parses the JSON of a search answer. Throws if it is a page for a browser, or truncated. */
export function readJson(document: Pick<RawDocument, 'bytes'>): unknown {
  const text = document.bytes.toString('utf8').replace(/^\ufeff/, '');
  if (/^\s*</.test(text))
    throw new CarnotError(
      'Challenge',
      'the portal answered with a page for a browser instead of JSON',
      'later',
    );
  try {
    return storableJson(text);
  } catch (cause) {
    throw new CarnotError('Truncated', 'the answer is cut off: it is not whole JSON', 'later', { cause });
  }
}

/** Returns in one line why a row could not be read. */
export const whyUnread = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')
    : (error as Error).message;
