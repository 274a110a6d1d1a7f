import type { ListedTopic } from '../../domain/source/list.js';
import type { SourceRequest } from '../../domain/source/request.js';

/** The own file of each topic. Its name is the identifier in small letters: as it is written it is not found. One that is gone is no fault of the list. */
export const planDetails = (topics: ListedTopic[]): SourceRequest[] => topics.map(({ identifier }) => ({
  key: `topic ${identifier.toLowerCase()}`,
  path: `/info/funding-tenders/opportunities/data/topicDetails/${encodeURIComponent(identifier.toLowerCase())}.json`,
  method: 'GET', headers: { accept: 'application/json' }, body: null, mayBeGone: true, at: 'list',
}));
