import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { CarnotError } from '../../kernel/errors.js';
import { gateError, tooLarge, transportError, where } from './http-errors.js';

/** The codings decoded below: those of RFC 9110 section 8.4.1 and RFC 7932. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

/** No honest response has more layers than this. */
const MOST_CODINGS = 2;

/** Creates a decoder for a body that begins with these bytes. */
type Decoder = (start: Buffer) => Transform;

const DECODERS = new Map<string, Decoder>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['br', () => createBrotliDecompress()],
  // "deflate" is zlib (RFC 9110, 8.4.1.2), method 8 in its first byte (RFC 1950); some send it raw.
  ['deflate', (start) => (((start[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw())],
]);

/** A body as received, with its headers. */
export interface RawBody {
  chunks: AsyncIterable<Buffer>;
  contentLength: string | undefined;
  contentEncoding: string | undefined;
}

/**
 * Returns a body as it is received, with Content-Encoding decoded. Stops with TooLarge at the first byte over
 * the limit, on the wire or decompressed, so that a zip bomb does not unfold. A compressed body that ends
 * early is an error, not a shorter document.
 */
export function decodedBody(
  { chunks, contentLength, contentEncoding }: RawBody,
  maxBytes: number,
  url: URL,
): AsyncIterable<Buffer> {
  // A response that declares itself too large is not read at all.
  if (Number(contentLength ?? 0) > maxBytes) throw tooLarge(url, maxBytes);
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((x) => x.trim())
    .filter((x) => x !== '' && x !== 'identity');
  if (codings.length > MOST_CODINGS) throw unknownEncoding(url);
  const decoders = codings.map((coding) => DECODERS.get(coding) ?? null);
  let body = limited(received(chunks, url), maxBytes, url);
  // Listed in the order in which they were applied (RFC 9110 section 8.4).
  for (const decoder of decoders.reverse()) {
    if (!decoder) throw unknownEncoding(url);
    body = limited(decoded(body, decoder, url), maxBytes, url);
  }
  return body;
}

/** Returns all of it in memory. */
export async function wholeOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** Converts transport failures to the gate's own errors. */
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
  // A failure of either side is reported by the decoded bytes, which end with its error.
  pipeline(startingWith(start, chunks), unpacked, () => undefined);
  try {
    yield* unpacked as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof CarnotError) throw cause;
    // Cut or damaged in transit; the next response is likely whole.
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
