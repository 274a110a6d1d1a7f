export type { CalendarEntry } from './told-events.js';
