import type { Response } from 'express';
import { LRUCache } from 'lru-cache';

/** Something to answer that may have been answered before. */
export interface Answer<T extends object> {
  /**
   * All that it depends on: of what differs, something in here does. Such as the marks of its rows, and what
   * of it depends on the time.
   */
  madeOf: readonly unknown[];
  make: () => T | Promise<T>;
}

/** As it goes out. */
interface Written {
  body: Buffer;
  etag: string | undefined;
}

/** In memory of its own: a small one would else hold on to the larger piece that Node cuts such out of. */
function written(answer: object): Buffer {
  const text = JSON.stringify(answer);
  const body = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  body.write(text);
  return body;
}

/** Of one list: two hundred pages of twenty calls. */
const MOST_BYTES = 8_000_000;

/**
 * Answers of a list, written once. The database says at each request what stands on the page; where that is
 * what an answer was made of before, its bytes are still right, and to make and write the same again would
 * take as long as the rest of the request.
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
