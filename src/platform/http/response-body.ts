import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import type { CarnotError } from '../../domain/errors.js';
import { gateError } from './gate-errors.js';
import { tooLarge, where } from './http-errors.js';

/** What decodes below: the codings of RFC 9110 section 8.4.1 and RFC 7932. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

/** More layers than this is nobody's honest answer. */
const MOST_CODINGS = 2;

type Decoder = (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>;

const unzip: Decoder = promisify<Buffer, ZlibOptions, Buffer>(gunzip);
const unbrotli: Decoder = promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress);
const unwrap: Decoder = promisify<Buffer, ZlibOptions, Buffer>(inflate);
const unwrapRaw: Decoder = promisify<Buffer, ZlibOptions, Buffer>(inflateRaw);

const DECODERS = new Map<string, Decoder>([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['br', unbrotli],
  // "deflate" is the zlib format (RFC 9110 section 8.4.1.2), method 8 in its first byte (RFC 1950); some send it bare.
  ['deflate', (bytes, options) => (((bytes[0] ?? 0) & 0x0f) === 8 ? unwrap(bytes, options) : unwrapRaw(bytes, options))],
]);

/** Reads a body into memory and stops with TooLarge at the first byte over the limit. */
export async function readBody(body: AsyncIterable<Buffer>, declared: string | undefined, maxBytes: number, url: URL): Promise<Buffer> {
  // What says beforehand that it is too large need not be begun.
  if (Number(declared ?? 0) > maxBytes) throw tooLarge(url, maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(url, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Undoes Content-Encoding. zlib's whole-buffer functions are strict where undici's fetch is not: a compressed body
 * that ends early is an error and not a shorter document. They stop at the limit too, so a bomb does not unfold.
 */
export async function decodeBody(bytes: Buffer, contentEncoding: string | undefined, maxBytes: number, url: URL): Promise<Buffer> {
  const codings = (contentEncoding ?? '').toLowerCase().split(',').map((x) => x.trim()).filter((x) => x !== '' && x !== 'identity');
  if (codings.length > MOST_CODINGS) throw unknownEncoding(url);
  let decoded = bytes;
  // They are listed in the order in which they were applied (RFC 9110 section 8.4).
  for (const coding of codings.reverse()) {
    const decode = DECODERS.get(coding);
    if (!decode) throw unknownEncoding(url);
    decoded = await decode(decoded, { maxOutputLength: maxBytes }).catch((cause: unknown) => {
      throw decodingError(url, maxBytes, cause);
    });
  }
  return decoded;
}

function unknownEncoding(url: URL): CarnotError {
  return gateError('UnknownEncoding', `${where(url)}: compressed in a way that was not asked for`);
}

function decodingError(url: URL, maxBytes: number, cause: unknown): CarnotError {
  if ((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(url, maxBytes);
  // Cut or damaged under way; the next answer is likely whole.
  return gateError('BrokenAnswer', `${where(url)}: the compressed body is cut or damaged`, { cause });
}
