import type { Fetched } from '../../../src/kernel/ports.js';

/** Returns the bytes of a document; a "not modified" response has none. */
export function bytesOf(fetched: Fetched): Buffer {
  if (fetched.notModified) throw new Error('the server said that the document is the same');
  return fetched.bytes;
}
