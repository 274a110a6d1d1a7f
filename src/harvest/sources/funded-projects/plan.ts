import type { PlanContext, ReadDocument, SourceRequest } from '../../domain/source.js';
import { partOf } from '../../domain/source.js';
import { PAGE_SIZE, search } from '../_kit/portal/portal-search.js';

const INDEX = 'SEDIA_NONH2020_PROD';
/** The most topics per request. */
const TOPICS_AT_ONCE = 50;
/** The last page that the service returns. */
const REACH_PAGES = 100;
/** How often the pages of a part are read at most until it has as many rows as it says. */
const MOST_ROUNDS = 6;

/** What is read of a project; the rest of a row, of megabytes at times, is not requested. */
const FIELDS = [
  'projectId',
  'acronym',
  'title',
  'objective',
  'topicAbbreviation',
  'topicDescription',
  'programAbbreviation',
  'status',
  'startDate',
  'endDate',
  'ecSignatureDate',
  'overallBudget',
  'euContributionAmount',
  'participants',
];

/** Requests a page of the projects of some topics, whose identifiers are compared letter by letter. */
export const projectsRequest = (
  key: string,
  topics: readonly string[],
  { number, order, size = PAGE_SIZE }: { number: number; order: 'ASC' | 'DESC'; size?: number },
): SourceRequest =>
  search(
    key,
    { number, size },
    {
      query: { bool: { must: [{ terms: { topicAbbreviation: topics } }] } },
      languages: ['en'],
      sort: { field: 'projectId', order },
      displayFields: FIELDS,
    },
    INDEX,
  );

/**
 * Returns the next pages of the projects of some topics, until there are as many rows as the last page says.
 * Rows of one project tie, so that one may be on two pages and another on none: then all are read once more.
 */
function planPart(
  part: string,
  topics: readonly string[],
  done: ReadDocument[],
  scan: 1 | 2,
): SourceRequest[] {
  const page = (number: number, round: number): SourceRequest =>
    projectsRequest(`${part}: ${number}.${round}`, topics, {
      number,
      order: (scan + round) % 2 === 0 ? 'ASC' : 'DESC',
    });
  const pages = done.filter((d) => partOf(d.key) === part);
  const total = pages.at(-1)?.page.total ?? null;
  if (total === null) return pages.length ? [] : [page(1, 1)];
  const numbers = Array.from(
    { length: Math.max(1, Math.min(Math.ceil(total / PAGE_SIZE), REACH_PAGES)) },
    (_, i) => i + 1,
  );
  const asked = new Set(pages.map((d) => d.key));
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const missing = numbers.map((n) => page(n, round)).filter((r) => !asked.has(r.key));
    if (missing.length) return missing;
    const rows: string[] = pages.filter((d) => d.page.total === total).flatMap(rowsIn);
    if (new Set(rows).size === total) return [];
  }
  return [];
}

const rowsIn = ({ page }: ReadDocument): string[] => [
  ...(page.projects ?? []).map((row) => row.reference),
  ...page.unread.flatMap((row) => row.reference ?? []),
];

/** Returns the next requests: the projects of all topics, some topics at a time. */
export function plan(done: ReadDocument[], { scan, topics = [] }: PlanContext): SourceRequest[] {
  const parts = Array.from({ length: Math.ceil(topics.length / TOPICS_AT_ONCE) }, (_, i) =>
    topics.slice(i * TOPICS_AT_ONCE, (i + 1) * TOPICS_AT_ONCE),
  );
  return parts.flatMap((some, i) => planPart(`topics-${i + 1}`, some, done, scan));
}
