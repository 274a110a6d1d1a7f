export type { Knowledge } from './alarm-words.js';
export type { QueueHealth } from './queue-health.js';
export { type Observation, UNKNOWN, checkSubject, deliverySubject, sourceSubject } from './subject.js';
