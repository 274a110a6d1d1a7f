import type { ListedTopic } from '../../domain/list.js';
import type { SourceRequest } from '../../domain/request.js';
import { programmesRequest } from './search-request.js';

/**
 * Requests a topic's own file. Its name is the identifier in lower case: the original spelling is not found.
 * A missing file does not invalidate the list.
 */
const fileOf = ({ identifier }: ListedTopic): SourceRequest => ({
  key: `topic ${identifier.toLowerCase()}`,
  path: `/info/funding-tenders/opportunities/data/topicDetails/${encodeURIComponent(identifier.toLowerCase())}.json`,
  method: 'GET',
  headers: { accept: 'application/json' },
  body: null,
  mayBeGone: true,
  at: 'list',
});

/** Once a day, with the list: the topics one by one, and the names of the programmes. */
export const planDetails = (topics: ListedTopic[]): SourceRequest[] => [
  ...topics.map(fileOf),
  programmesRequest('programmes'),
];
