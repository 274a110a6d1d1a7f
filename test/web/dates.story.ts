import { Settings } from 'luxon';
import { daysLeft } from '../../src/kernel/brussels.js';
import { dayText, isoDay, momentText, monthText, zonedText } from '../../src/ui/dates.js';

const v = { language: 'en' as const };

describe('dates on pages', () => {
  const zone = Settings.defaultZone;
  afterEach(() => {
    Settings.defaultZone = zone;
  });

  it.each(['Europe/Helsinki', 'Asia/Tokyo', 'America/Los_Angeles', 'UTC'])(
    'are those of Brussels on a server in %s',
    (server) => {
      Settings.defaultZone = server;
      expect(dayText(v, '2026-09-15')).toBe('15 September 2026');
      expect(isoDay('2026-09-15')).toBe('2026-09-15');
      expect(monthText(v, '2026-09-01')).toBe('September 2026');
      expect(dayText(v, '2026-09-15T22:30:00Z')).toBe('16 September 2026');
      expect(momentText(v, '2026-09-15T15:00:00Z')).toBe('15 September 2026, 17:00');
      expect(isoDay(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
      expect(daysLeft(new Date('2026-09-14T08:00:00Z'), '2026-09-15')).toBe(1);
    },
  );

  it('are written as a French and an English reader write them', () => {
    const fr = { language: 'fr' as const };
    expect([dayText(fr, '2026-06-01'), dayText(v, '2026-06-01')]).toEqual([
      '1er\u00A0juin 2026',
      '1 June 2026',
    ]);
    expect([momentText(fr, '2026-06-01T15:00:00Z'), momentText(fr, '2026-06-02T15:30:00Z')]).toEqual([
      '1er\u00A0juin 2026 à 17\u00A0h',
      '2\u00A0juin 2026 à 17\u00A0h\u00A030',
    ]);
    expect([
      zonedText(fr, '2026-06-01T15:00:00Z', 'Europe/Athens'),
      zonedText(v, '2026-06-01T15:00:00Z', 'Europe/Athens'),
    ]).toEqual(['lundi 1er\u00A0juin 2026 à 18\u00A0h', 'Monday 1 June 2026, 18:00']);
  });
});
