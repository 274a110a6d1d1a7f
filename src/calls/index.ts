export {
  type CalendarAsked,
  type DayCount,
  DeadlineCalendar,
  type DeadlineRow,
  type DeadlineYear,
} from './deadline-calendar.js';
