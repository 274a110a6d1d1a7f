import { CarnotError } from '../../domain/errors.js';
import type { ParsedPage, SourceRequest } from '../../domain/source/source.js';
import type { Answered } from './conditional-fetch.js';

/** What is kept in the place of a page that is not there. */
const GONE = 'application/x-gone';

/** A page that a list names and that is gone: a row that cannot be read, and no reason to take the source for out of reach. */
export function goneInstead(request: Pick<SourceRequest, 'path' | 'mayBeGone'>, error: unknown): Answered {
  if (!request.mayBeGone || !(error instanceof CarnotError) || error.kind !== 'HttpNotFound') throw error;
  return { mediaType: GONE, bytes: Buffer.from(`${request.path} is gone`), answer: null };
}

/** What stands in it: nothing, and why. Null for every other document. */
export function readGone({ mediaType, bytes }: { mediaType: string; bytes: Buffer }): ParsedPage | null {
  const why = `${bytes.toString('utf8')}, although a list names it`;
  return mediaType === GONE ? { total: null, calls: [], unread: [{ reference: null, why, gone: true }], links: [] } : null;
}
