import type { Request } from 'express';
import { SheetRefusal } from './sheet-refusal.js';
import { MOST_BYTES } from './sheet-reader.js';

/** A file as it came, and its name. */
export interface Upload {
  bytes: Buffer;
  name: string;
}

/** A file of a form, as the interceptor gives it. */
export interface FormFile {
  buffer: Buffer;
  originalname: string;
}

/**
 * What is somewhat too large is still taken in, so that the page can say what the limit is; what is far too
 * large is not.
 */
const MOST_TAKEN = 2 * MOST_BYTES;

/**
 * For the interceptor of uploads, which keeps a file in memory where it is told no folder: nothing is ever
 * written to a disk.
 */
export const IN_MEMORY = { limits: { fileSize: MOST_TAKEN, files: 1, fields: 20, parts: 22 } };

async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_TAKEN) throw new SheetRefusal('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The file of a request: the one in its form, else its body as it is. */
export async function uploadOf(request: Request, file: FormFile | undefined): Promise<Upload> {
  // Names come in the encoding of HTTP's heads, though browsers write UTF-8.
  if (file)
    return {
      bytes: file.buffer,
      name: Buffer.from(file.originalname, 'latin1').toString('utf8').replace(/\p{C}/gu, '').slice(0, 200),
    };
  return {
    bytes: request.readableEnded || request.is('multipart') ? Buffer.alloc(0) : await bodyOf(request),
    name: 'import',
  };
}
