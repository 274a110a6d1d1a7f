import type { Response } from 'express';
import { LRUCache } from 'lru-cache';

/** A response that may already be cached. */
export interface Answer<T extends object> {
  /**
   * Everything the response depends on, such as the marks of its rows and what depends on the time: if the
   * response differs, so does something in here.
   */
  madeOf: readonly unknown[];
  make: () => T | Promise<T>;
}

/** A response as sent. */
interface Written {
  body: Buffer;
  etag: string | undefined;
}

/** Serialises into its own memory: a small buffer would keep alive the larger pool that Node cuts it from. */
function written(answer: object): Buffer {
  const text = JSON.stringify(answer);
  const body = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  body.write(text);
  return body;
}

/** Per list: two hundred pages of twenty calls. */
const MOST_BYTES = 8_000_000;

/**
 * A cache of serialised list responses. The database says at each request what is on the page; if a response
 * was made of the same, its bytes are still valid, and making and serialising it again would take as long as
 * the rest of the request.
 */
export class KeptAnswers<T extends object> {
  private readonly kept = new LRUCache<string, Written>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }, key) => body.length + key.length,
  });

  async send(response: Response, { madeOf, make }: Answer<T>): Promise<void> {
    const key = JSON.stringify(madeOf);
    const known = this.kept.get(key);
    const body = known?.body ?? written(await make());
    if (known?.etag) response.set('ETag', known.etag);
    response.type('json').send(body);
    if (!known) this.kept.set(key, { body, etag: response.get('ETag') });
  }
}
