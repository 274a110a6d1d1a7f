import { z } from 'zod';

const days = z.number().int().min(1).max(36_500);
/** After how many days what is kept about people and work is deleted. */
export const RetentionSettings = z.strictObject({
  messageDays: days,
  mailDays: days,
  sheetDays: days,
  sessionDays: days,
  peopleDays: days,
  documentDays: days,
  runDays: days,
  alarmDays: days,
  originDays: days,
  matchDays: days,
  versionDays: days,
  eventDays: days,
  sentDays: days,
  partnerDays: days,
  readingDays: days,
});
