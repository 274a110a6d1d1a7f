export { AlarmEntity } from './alarm.entity.js';
export { AlarmRepository } from './alarm.repository.js';
export { MonitorStates } from './monitor-states.js';
export { SourceKnowledge } from './source-knowledge.js';
