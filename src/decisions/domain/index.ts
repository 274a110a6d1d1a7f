export { type Decider, decided } from './decision.js';
export {
  INBOX_FIELDS,
  INBOX_STATES,
  type InboxFilter,
  type InboxQuery,
  type InboxState,
  filterOf,
  outsideQuery,
} from './inbox-filters.js';
