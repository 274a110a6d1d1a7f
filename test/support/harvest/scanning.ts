import type { ParsedPage, ReadDocument, SourceRequest } from '../../../src/harvest/domain/source.js';

/** Returns a page that names these links, and nothing else. */
export const naming = (links: string[] = [], unread: ParsedPage['unread'] = []): ParsedPage => ({
  total: null,
  calls: [],
  unread,
  links,
});

/**
 * Returns what a plan requests from a site, in order, to the end; `site` answers by the request and the
 * number of documents so far.
 */
export function scanning(
  plan: (done: ReadDocument[]) => SourceRequest[],
  site: (request: SourceRequest, n: number) => ParsedPage,
): SourceRequest[] {
  const done: ReadDocument[] = [];
  const asked: SourceRequest[] = [];
  for (let next = plan(done); next.length; next = plan(done)) {
    for (const request of next) {
      done.push({ key: request.key, page: site(request, done.length) });
      asked.push(request);
    }
    expect(asked.length).toBeLessThan(2_000);
  }
  return asked;
}
