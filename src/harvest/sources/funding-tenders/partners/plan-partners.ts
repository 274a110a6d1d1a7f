import { rowsIn, totalIn } from '../../../domain/partner-validation.js';
import type { ReadPartnerPage } from '../../../domain/partner-search.js';
import { partOf, type SourceRequest } from '../../../domain/source.js';
import { PAGE_SIZE, search } from '../search-request.js';

/**
 * Partner searches stand in an index of their own, beside organisations and persons, whose rows weigh a
 * megabyte each and are not asked for.
 */
const INDEX = 'SEDIA_PERSON';
/** So many topics are asked for at once. */
const TOPICS_AT_ONCE = 100;
/** The service gives no rows behind these. */
const REACH_PAGES = 100;
/** Pages without an order are walked so often at most: rows change their page from one answer to the next. */
const ROUNDS = 3;

/** The document that says what codes stand for. */
export const NAMES_KEY = 'names';

const announcements = (topics?: string[]) => ({
  bool: { must: [{ terms: { type: ['ANNOUNCEMENT'] } }, ...(topics ? [{ terms: { topics } }] : [])] },
});

/**
 * The facets of the index: each code with its name and how often it stands there. Where the service has none,
 * codes stay without names; that is no reason not to read the rest.
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
   * The first page without any order, since a sort field that rows lack would hide them from the count; where
   * that is not all, the pages in order; and the ones without order again where rows are still missing.
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
 * The next requests of a reading: the names of codes once, and the partner searches of all topics, some
 * topics at a time.
 */
export function planPartners(done: ReadPartnerPage[], topics: string[]): SourceRequest[] {
  if (!topics.length) return [];
  const parts = Array.from({ length: Math.ceil(topics.length / TOPICS_AT_ONCE) }, (_, i) =>
    topics.slice(i * TOPICS_AT_ONCE, (i + 1) * TOPICS_AT_ONCE),
  );
  const walks = parts.flatMap((some, i) => new PartnerWalk(`topics-${i + 1}`, some, done).next());
  return done.some((d) => d.key === NAMES_KEY) ? walks : [names(), ...walks];
}
