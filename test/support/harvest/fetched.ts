import type { Fetched } from '../../../src/kernel/ports.js';

/** What a document holds; a server that says that nothing changed gave none. */
export function bytesOf(fetched: Fetched): Buffer {
  if (fetched.notModified) throw new Error('the server said that the document is the same');
  return fetched.bytes;
}
