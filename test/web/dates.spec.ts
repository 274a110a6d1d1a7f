import { Settings } from 'luxon';
import { daysLeft } from '../../src/domain/call/days-left.js';
import { dayText, isoDay, momentText, monthText } from '../../src/web/kit/dates.js';

const v = { language: 'en' as const };

describe('dates on pages', () => {
  const zone = Settings.defaultZone;
  afterEach(() => { Settings.defaultZone = zone; });

  it.each(['Europe/Helsinki', 'Asia/Tokyo', 'America/Los_Angeles', 'UTC'])('are those of Brussels on a server in %s', (server) => {
    Settings.defaultZone = server;
    expect(dayText(v, '2026-09-15')).toBe('15 Sept 2026');
    expect(isoDay('2026-09-15')).toBe('2026-09-15');
    expect(monthText(v, '2026-09-01')).toBe('September 2026');
    expect(dayText(v, '2026-09-15T22:30:00Z')).toBe('16 Sept 2026');
    expect(momentText(v, '2026-09-15T15:00:00Z')).toContain('17:00');
    expect(isoDay(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
    expect(daysLeft(new Date('2026-09-14T08:00:00Z'), '2026-09-15')).toBe(1);
  });
});
