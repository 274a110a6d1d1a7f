import type { Request } from 'express';
import { MOST_BYTES, SheetRefusal } from './sheet-reader.js';

/** A file as received, and its name. */
export interface Upload {
  bytes: Buffer;
  name: string;
}

/** A form's file, as the interceptor provides it. */
export interface FormFile {
  buffer: Buffer;
  originalname: string;
}

/** A file slightly too large is still received, so that the page can state the limit; a huge one is not. */
const MOST_TAKEN = 2 * MOST_BYTES;

/** For the upload interceptor, which keeps files in memory without a folder: nothing is written to disk. */
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

/** Returns the file of a request: the one in its form, else its raw body. */
export async function uploadOf(request: Request, file: FormFile | undefined): Promise<Upload> {
  // Names arrive in the encoding of HTTP headers, although browsers write UTF-8.
  if (file)
    return {
      bytes: file.buffer,
      name: Buffer.from(file.originalname, 'latin1').toString('utf8').replace(/\p{C}/gu, '').slice(0, 200),
    };
  const isForm = request.is('multipart');
  // It came as JSON or as the fields of a form, and was read as such.
  if (!isForm && request.body !== undefined) throw new SheetRefusal('other-file');
  return { bytes: isForm ? Buffer.alloc(0) : await bodyOf(request), name: 'import' };
}
