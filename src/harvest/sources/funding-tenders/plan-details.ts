import type { ListedTopic } from '../../domain/list.js';
import type { SourceRequest } from '../../domain/request.js';
import { programmesRequest } from './search-request.js';

/**
 * The own file of a topic. Its name is the identifier in small letters: as it is written it is not found. One
 * that is gone is no fault of the list.
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

/** Once a day, with the list: the topics one by one, and what the programmes are called. */
export const planDetails = (topics: ListedTopic[]): SourceRequest[] => [
  ...topics.map(fileOf),
  programmesRequest('programmes'),
];
