import type { PlanContext, ReadDocument, SourceRequest } from '../../domain/source.js';
import { batches } from '../../../kernel/collections.js';
import { type ListPart, planParts } from '../_kit/plan-rounds.js';
import { PAGE_SIZE, search } from '../_kit/portal/portal-search.js';

const INDEX = 'SEDIA_NONH2020_PROD';
/** The most topics per request. */
const TOPICS_AT_ONCE = 50;

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
 * Returns the next requests: the projects of all topics, some topics at a time, until there are as many rows
 * as the last page says. Rows of one project tie, so that one may be on two pages and another on none: then
 * all are read once more.
 */
export function plan(done: ReadDocument[], { scan, topics = [] }: PlanContext): SourceRequest[] {
  const parts = batches(topics, TOPICS_AT_ONCE).map((some, i): ListPart => {
    const name = `topics-${i + 1}`;
    return {
      name,
      request: (index, round) =>
        projectsRequest(`${name}: ${index + 1}.${round}`, some, {
          number: index + 1,
          order: (scan + round) % 2 === 0 ? 'ASC' : 'DESC',
        }),
    };
  });
  const next = planParts(parts, PAGE_SIZE, done);
  return next === 'whole' ? [] : next;
}
