import { CarnotError } from '../kernel/errors.js';
import type { ParsedPage, SourceRequest } from './domain/source.js';
import type { Answered } from './conditional-fetch.js';

/** What is kept in the place of a page that is not there, and of one beside the lists that cannot be had. */
const [GONE, WANTING, EXTRA] = ['application/x-gone', 'application/x-wanting', 'application/x-wanting-extra'];

/**
 * A page that a list names and that is gone: a row that cannot be read, and no reason to take the source for
 * out of reach.
 */
export function goneInstead(request: Pick<SourceRequest, 'path' | 'mayBeGone'>, error: unknown): Answered {
  if (!request.mayBeGone || !(error instanceof CarnotError) || error.kind !== 'HttpNotFound') throw error;
  return { mediaType: GONE, bytes: Buffer.from(`${request.path} is gone`), answer: null };
}

/** What is kept in the place of a control or a hint when all tries have failed. */
export const wanting = (
  { path, aside }: Pick<SourceRequest, 'path' | 'aside'>,
  error: Error,
): Pick<Answered, 'mediaType' | 'bytes'> => ({
  mediaType: aside === 'extra' ? EXTRA : WANTING,
  bytes: Buffer.from(`${path} is read beside the lists and could not be had: ${error.message}`),
});

/** What stands in either: nothing, and why. Null for every other document. */
export function readStandIn({ mediaType, bytes }: { mediaType: string; bytes: Buffer }): ParsedPage | null {
  const said = bytes.toString('utf8');
  const row =
    mediaType === GONE
      ? { why: `${said}, although a list names it`, gone: true }
      : mediaType === WANTING
        ? { why: said, aside: true }
        : mediaType === EXTRA
          ? { why: said, extra: true }
          : null;
  return row && { total: null, calls: [], unread: [{ reference: null, ...row }], links: [] };
}
