export { bottomUpOfKeys, bottomUpSql } from './bottom-up-sql.js';
export { CallVersionEntity } from './call-version.entity.js';
export { CallEntity } from './call.entity.js';
export {
  type CallFilter,
  type CallPlace,
  CallRepository,
  LISTED_SQL,
  type ListedCall,
  STATUS_SQL,
  liveSql,
} from './call.repository.js';
export { ChangeRepository, type EventFilter } from './change.repository.js';
export { writeEvents } from './event-writer.js';
export { searchSql } from './search-sql.js';
export { RecentCallRepository } from './recent-call.repository.js';
