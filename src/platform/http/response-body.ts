import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { CarnotError } from '../../kernel/errors.js';
import { gateError } from './gate-errors.js';
import { tooLarge, transportError, where } from './http-errors.js';

/** What decodes below: the codings of RFC 9110 section 8.4.1 and RFC 7932. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

/** More layers than this is nobody's honest answer. */
const MOST_CODINGS = 2;

/** Makes a decoder for a body that begins with these bytes. */
type Decoder = (start: Buffer) => Transform;

const DECODERS = new Map<string, Decoder>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['br', () => createBrotliDecompress()],
  // "deflate" is the zlib format (RFC 9110 section 8.4.1.2), method 8 in its first byte (RFC 1950); some send
  // it bare.
  ['deflate', (start) => (((start[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw())],
]);

/** A body as it came over the wire, and what was said of it. */
export interface RawBody {
  chunks: AsyncIterable<Buffer>;
  contentLength: string | undefined;
  contentEncoding: string | undefined;
}

/**
 * A body as it comes in, Content-Encoding undone. It stops with TooLarge at the first byte over the limit, on
 * the wire or decompressed, so that a bomb does not unfold. A compressed body that ends early is an error and
 * not a shorter document.
 */
export function decodedBody(
  { chunks, contentLength, contentEncoding }: RawBody,
  maxBytes: number,
  url: URL,
): AsyncIterable<Buffer> {
  // What says beforehand that it is too large need not be begun.
  if (Number(contentLength ?? 0) > maxBytes) throw tooLarge(url, maxBytes);
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((x) => x.trim())
    .filter((x) => x !== '' && x !== 'identity');
  if (codings.length > MOST_CODINGS) throw unknownEncoding(url);
  const decoders = codings.map((coding) => DECODERS.get(coding) ?? null);
  let body = limited(received(chunks, url), maxBytes, url);
  // They are listed in the order in which they were applied (RFC 9110 section 8.4).
  for (const decoder of decoders.reverse()) {
    if (!decoder) throw unknownEncoding(url);
    body = limited(decoded(body, decoder, url), maxBytes, url);
  }
  return body;
}

/** The whole of it in memory. */
export async function wholeOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** What goes wrong on the way is told as the gate's own errors. */
async function* received(chunks: AsyncIterable<Buffer>, url: URL): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    throw transportError(url, error);
  }
}

async function* limited(chunks: AsyncIterable<Buffer>, maxBytes: number, url: URL): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(url, maxBytes);
    yield chunk;
  }
}

async function* decoded(chunks: AsyncGenerator<Buffer>, decoder: Decoder, url: URL): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  const start = first.done ? Buffer.alloc(0) : first.value;
  const unpacked = decoder(start);
  // What happens to either side is told by the decoded bytes, which end with the error of both.
  pipeline(startingWith(start, chunks), unpacked, () => undefined);
  try {
    yield* unpacked as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof CarnotError) throw cause;
    // Cut or damaged under way; the next answer is likely whole.
    throw gateError('BrokenAnswer', `${where(url)}: the compressed body is cut or damaged`, { cause });
  }
}

async function* startingWith(start: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  yield* rest;
}

function unknownEncoding(url: URL): CarnotError {
  return gateError('UnknownEncoding', `${where(url)}: compressed in a way that was not asked for`);
}
