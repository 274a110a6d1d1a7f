import { CarnotError } from '../kernel/errors.js';
import type { ParsedPage, SourceRequest } from './domain/source.js';
import type { Answered } from './conditional-fetch.js';

/** The media types of placeholders: for a missing page, and for one outside the lists that is unavailable. */
const [GONE, WANTING, EXTRA] = ['application/x-gone', 'application/x-wanting', 'application/x-wanting-extra'];

/**
 * Returns a placeholder for a linked page that is gone: an unreadable row, which does not make the source
 * unreachable. Rethrows other errors.
 */
export function goneInstead(request: Pick<SourceRequest, 'path' | 'mayBeGone'>, error: unknown): Answered {
  if (!request.mayBeGone || !(error instanceof CarnotError) || error.kind !== 'HttpNotFound') throw error;
  return { mediaType: GONE, bytes: Buffer.from(`${request.path} is gone`), answer: null };
}

/** Returns a placeholder for a control or a hint when all tries have failed. */
export const wanting = (
  { path, aside }: Pick<SourceRequest, 'path' | 'aside'>,
  error: Error,
): Pick<Answered, 'mediaType' | 'bytes'> => ({
  mediaType: aside === 'extra' ? EXTRA : WANTING,
  bytes: Buffer.from(`${path} is read beside the lists and could not be had: ${error.message}`),
});

/** Parses a placeholder: nothing, and the reason. Null for any other document. */
export function readPlaceholder({
  mediaType,
  bytes,
}: {
  mediaType: string;
  bytes: Buffer;
}): ParsedPage | null {
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
