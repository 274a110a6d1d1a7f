import type {
  AnnouncedPartnerSearch,
  PartnerItem,
} from '../../../src/notifications/domain/content/message.js';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { both } from '../../support/notifications/read-mail.js';
import { alone, due } from '../../support/notifications/sample-calls-to-tell.js';
import { message, reminder, told } from '../../support/notifications/sample-messages.js';

const NB = '\u00a0';
const search = (over: Partial<AnnouncedPartnerSearch> = {}): AnnouncedPartnerSearch => ({
  wants: 'offer',
  country: { iso: 'DE', name: 'Germany' },
  organisationType: null,
  summary: 'Pilot-scale testing\n<b>and</b> more',
  publishedAt: new Date('2026-09-30T10:00:00Z'),
  ...over,
});
const item = (searches: AnnouncedPartnerSearch[], title = 'Enzymes'): PartnerItem => ({
  callId: 'c1',
  call: alone({ title }),
  searches,
  pageUrl: 'https://carnot.example/calls/c1',
});
const THREE = [
  search(),
  search({ wants: 'request', country: { iso: null, name: 'Sampleland' }, summary: null }),
  search({ summary: 'not shown' }),
];

describe('new partner searches in a mail', () => {
  it('are counted for each call, with the two newest of them', () => {
    for (const body of both(message({ partners: [item(THREE)] }))) {
      expect(body).toMatch(
        /New partner searches ?[= ]*(- )?Enzymes ?3 new partner searches ?Offer, Germany, 30 September 2026: Pilot-scale testing <b>and<\/b> more ?Request, Sampleland, 30 September 2026/,
      );
      expect(body).not.toContain('not shown');
    }
  });

  it('are told in French as the French do, with what is missing left out', () => {
    const partners = [
      item([
        search(),
        search({
          wants: 'request',
          country: { iso: null, name: null },
          publishedAt: null,
          summary: 'LCA experts',
        }),
      ]),
    ];
    const { text, subject } = renderMail(message({ language: 'fr', partners }));
    const said = text.replaceAll(NB, ' ').replace(/\s+/g, ' ');
    expect(said).toContain('Nouvelles recherches de partenaires');
    expect(said).toContain(
      '2 nouvelles recherches de partenaires Offre, Allemagne, 30 septembre 2026 : Pilot-scale testing',
    );
    expect(said).toContain('Demande : LCA experts');
    expect(subject.replaceAll(NB, ' ')).toBe(
      'Carnot Europe : 2 nouvelles recherches de partenaires pour le Carnot LISA',
    );
  });

  it('are the subject only where no call is told of, before deadlines', () => {
    const subject = (over: Parameters<typeof message>[0]): string =>
      renderMail(message({ partners: [item(THREE), item(THREE.slice(1))], ...over })).subject;
    expect(subject({})).toBe('Carnot Europe: 5 new partner searches for Carnot LISA');
    expect(subject({ items: [told(alone({ deadlines: [] }))] })).toBe(
      'Carnot Europe: 1 new call for Carnot LISA',
    );
    expect(subject({ reminders: [reminder(alone({ deadlines: [due('2026-11-03T16:00:00.000Z')] }))] })).toBe(
      'Carnot Europe: 5 new partner searches, 1 upcoming deadline for Carnot LISA, next deadline 3 Nov',
    );
  });

  it('of many calls are cut with a word', () => {
    const { text } = renderMail(
      message({ partners: Array.from({ length: 13 }, (_, i) => item(THREE, `Call ${i}`)) }),
    );
    expect(text.match(/^- Call /gm)).toHaveLength(10);
    expect(text).toContain('\n3 more\n');
  });
});
