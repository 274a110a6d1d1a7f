export { InboxRepository, type InboxRow } from './inbox.repository.js';
export { RecallSampleRepository } from './recall-sample.repository.js';
export { ReviewEntity } from './review.entity.js';
export { reviewedOf } from './review.repository.js';
export { SavedSearchEntity } from './saved-search.entity.js';
export { SavedSearchRepository } from './saved-search.repository.js';
