export { AlarmEntity } from './alarm.entity.js';
export { AlarmRepository } from './alarm.repository.js';
export { observe } from './monitor-state.js';
export { SourceKnowledge } from './source-knowledge.js';
