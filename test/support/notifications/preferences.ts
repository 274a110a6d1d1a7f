import type { Preferences } from '../../../src/notifications/domain/preferences/preferences.js';

/** What `config/default.yaml` ships. */
export const PREFERENCES: Preferences = {
  frequency: 'weekly',
  weekday: 'monday',
  at: '07:00',
  zone: 'Europe/Brussels',
  urgent: true,
  coming: true,
  questions: true,
  dailyLimit: 3,
  deadlineDays: [60, 30, 14, 7, 2],
  from: 'uncertain',
};
