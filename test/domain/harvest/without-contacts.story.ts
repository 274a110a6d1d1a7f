import { withoutContacts } from '../../../src/harvest/sources/funding-tenders/partners.js';
import { cpuSeconds } from '../../support/cpu-seconds.js';

describe('a text without contacts', () => {
  it.each([
    ['Write to jane.doe@example.eu for more.', 'Write to … for more.'],
    ['mailto:jane.doe@example.eu', '…'],
    ['jane.doe (at) example [dot] eu is ours', '… is ours'],
    ['Follow @janedoe', 'Follow …'],
    ['Call +33 1 23 45 67 89 today', 'Call … today'],
    ['Call 0033 (0)1-23-45-67-89.', 'Call ….'],
    ['Ring 01 23 45 67 89 or 06.12.34.56.78', 'Ring … or …'],
    ['In New York (555) 123-4567', 'In New York …'],
    ['tel: 123 456', 'tel: …'],
    ['Tél. 12 34 56', 'Tél. …'],
    ['Our PIC 912345678', 'Our PIC …'],
    ['ask Mme Marie de la Tour, please', 'ask …, please'],
    ['number 612 345 678', 'number …'],
    ['Contact person: Jane van Doe, head of unit', '…, head of unit'],
    ['Ask Dr. Jane Doe or Prof Smith', 'Ask … or …'],
    ['Contact: Dr Jane Doe, jane@example.eu, +32 2 555 01 23', '…, …'],
    ['Contact: Jane Doe', '…'],
  ])('%s', (text, bare) => expect(withoutContacts(text)).toBe(bare));

  it.each([
    'We offer pilot-scale testing for HORIZON-CL4-2027-TWIN-01-12.',
    'Between EUR 3 000 000 000 and 4 000 000 000 EUR, or 100 000 000 €',
    'From 01/09/2026 to 31/12/2026, 2026-2027, 01.09.2026 - 31.12.2026',
    'ISO 14040, TRL 5 to 7, 1 500 000 users, contact us for more information',
    'hotel 12 345 678',
  ])('keeps what is none: %s', (text) => expect(withoutContacts(text)).toBe(text));

  it.each([
    ['at signs', '@'.repeat(200_000)],
    ['one word', 'a'.repeat(200_000)],
    ['brackets', 'a('.repeat(100_000)],
    ['figures', '1 '.repeat(100_000)],
    ['signs of numbers', '+('.repeat(100_000)],
    ['names', 'Dr A '.repeat(40_000)],
    ['contacts', 'Contact: '.repeat(20_000)],
    ['titles', 'Contact A A A A'.repeat(13_000)],
  ])('is as much work as the text is long: %s', async (_, text) => {
    expect(await cpuSeconds(() => withoutContacts(text))).toBeLessThan(10);
  });
});
