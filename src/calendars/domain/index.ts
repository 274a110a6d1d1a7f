export type { CalendarEntry } from './published-events.js';
