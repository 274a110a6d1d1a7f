import { type ReadPartnerPage } from '../../../domain/partner-search.js';
import { rowsIn, totalIn } from '../../../domain/partner-validation.js';
import { partOf, type SourceRequest } from '../../../domain/source.js';
import { batches } from '../../../../kernel/collections.js';
import { PAGE_SIZE, search } from '../../_kit/portal/row.js';

/**
 * Partner searches have an index of their own, shared with organisations and persons, whose rows are a
 * megabyte each and are not requested.
 */
const INDEX = 'SEDIA_PERSON';
/** The most topics per request. */
const TOPICS_AT_ONCE = 100;
/** The last page that the service returns. */
const REACH_PAGES = 100;
/** The most walks over unsorted pages: rows move between pages from one answer to the next. */
const ROUNDS = 3;

export const NAMES_KEY = 'names';

const announcements = (topics?: string[]) => ({
  bool: { must: [{ terms: { type: ['ANNOUNCEMENT'] } }, ...(topics ? [{ terms: { topics } }] : [])] },
});

/**
 * Requests the facets of the index: each code with its name and count. If the service has none, codes stay
 * without names; the rest is still read.
 */
const names = (): SourceRequest => {
  const request = search(
    NAMES_KEY,
    { number: 1, size: 1 },
    { query: announcements(), languages: ['en'] },
    INDEX,
  );
  return { ...request, path: `/search-api/prod/rest/facet?apiKey=${INDEX}&text=***`, mayBeGone: true };
};

/** One walk over the partner searches of some topics. */
class PartnerWalk {
  private readonly done: ReadPartnerPage[];

  constructor(
    private readonly part: string,
    private readonly topics: string[],
    all: ReadPartnerPage[],
  ) {
    this.done = all.filter((d) => partOf(d.key) === part);
  }

  /**
   * Returns the next requests: the first page unsorted, since rows without the sort field would not be
   * counted; if that is not all, the sorted pages; then the unsorted ones again if rows are missing.
   */
  next(): SourceRequest[] {
    if (!this.done.length) return [this.page('any.1', 1)];
    const total = totalIn(this.done);
    if (rowsIn(this.done) >= total) return [];
    const pages = Array.from(
      { length: Math.min(Math.ceil(total / PAGE_SIZE), REACH_PAGES) },
      (_, i) => i + 1,
    );
    for (const walk of ['sorted', ...Array.from({ length: ROUNDS }, (_, i) => `any.${i + 1}`)]) {
      const left = pages.filter((k) => !this.done.some((d) => d.key === this.key(walk, k)));
      if (left.length) return left.map((k) => this.page(walk, k));
    }
    return [];
  }

  private key(walk: string, number: number): string {
    return `${this.part}: ${walk} ${number}`;
  }

  private page(walk: string, number: number): SourceRequest {
    const sort = walk === 'sorted' ? { sort: { field: 'announcementId', order: 'ASC' } } : {};
    return search(
      this.key(walk, number),
      { number, size: PAGE_SIZE },
      { query: announcements(this.topics), languages: ['en'], ...sort },
      INDEX,
    );
  }
}

/**
 * Returns the next requests of a reading: the names of codes once, and the partner searches of all topics, in
 * batches of topics.
 */
export function planPartners(done: ReadPartnerPage[], topics: string[]): SourceRequest[] {
  if (!topics.length) return [];
  const walks = batches(topics, TOPICS_AT_ONCE).flatMap((some, i) =>
    new PartnerWalk(`topics-${i + 1}`, some, done).next(),
  );
  return done.some((d) => d.key === NAMES_KEY) ? walks : [names(), ...walks];
}
