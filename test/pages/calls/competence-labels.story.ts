import { load } from 'cheerio';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { MessagePreview } from '../../../src/notifications/content/digest-writer.js';
import { ProfileRepository } from '../../../src/profiles/store/profile.repository.js';
import { aCall } from '../../support/matching/calls.js';
import { api } from '../../support/app.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const [OWN, FRENCH] = ['Wind energy at sea', 'Éolien en mer'];
const profile = aProfile('wind', {
  competences: [
    {
      label: OWN,
      labels: { fr: FRENCH },
      description: '',
      keywords: ['wind turbine', 'offshore wind'],
      exclusions: ['balloons'],
      weight: 1,
    },
  ],
});
const scope = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];

describe('a competence with a name in each language', () => {
  let inbox: InboxTest;
  let call: string;
  let readers: Record<string, Somebody>;
  beforeAll(async () => {
    inbox = await startInbox(
      [profile],
      [
        aCall('W', { title: 'Turbines', sections: scope('A wind turbine for offshore wind.') }),
        aCall('B', {
          title: 'Balloons',
          sections: scope('A wind turbine under balloons for offshore wind.'),
        }),
        ...Array.from({ length: 20 }, (_, i) => aCall(`N${i}`, { title: `Monuments ${i}` })),
      ],
    );
    call = await inbox.id('Turbines');
    const reader = (language: 'fr' | 'en') =>
      somebody(inbox.test, { role: 'officer', profile: 'wind', language });
    readers = { fr: await reader('fr'), en: await reader('en') };
    await inbox.officer.post('/institutes/wind/people', {
      name: 'Marie Martin',
      email: 'marie@lab.example',
      language: 'fr',
      competences: OWN,
    });
    await inbox.officer.post('/institutes/wind/sheets/feeds', {
      name: 'At sea',
      content: 'all',
      filters: `competence=${encodeURIComponent(OWN)}`,
    });
  });
  afterAll(() => inbox?.stop());

  const read = async (path: string, language: 'fr' | 'en'): Promise<string> =>
    (await readers[language]!.get(path)).body;

  it.each([
    ['/institutes/wind/inbox', '.more .reason'],
    ['/institutes/wind/inbox', '#f-competence'],
    [`/institutes/wind/inbox?competence=${encodeURIComponent(OWN)}`, '.chip'],
    ['/institutes/wind/people', '.behind th[scope=row]'],
    ['/institutes/wind/profile', '.competence legend'],
    ['/institutes/wind/profile', '.competence-actions .danger'],
    [
      `/institutes/wind/sheets?filters=${encodeURIComponent(`competence=${encodeURIComponent(OWN)}`)}`,
      '.feed-form',
    ],
    ['/institutes/wind/sheets', '.feeds li'],
  ])('is called as its reader calls it: %s %s', async (path, place) => {
    for (const [language, said, other] of [
      ['fr', FRENCH, OWN],
      ['en', OWN, FRENCH],
    ] as const) {
      const text = load(await read(path, language))(place).text();
      expect({ language, text }).toEqual({ language, text: expect.stringContaining(said) });
      expect(text).not.toContain(other);
    }
  });

  it('is called so on the page of a call, where it is proposed, and why another is not told', async () => {
    for (const [path, place] of [
      [`/institutes/wind/calls/${call}`, 'main'],
      [`/institutes/wind/calls/${call}/propose`, '.whom .why'],
      [`/institutes/wind/why?call=${await inbox.id('Balloons')}`, 'main'],
    ] as const) {
      const text = load(await read(path, 'fr'))(place).text();
      expect({ path, text }).toEqual({ path, text: expect.stringContaining(FRENCH) });
      expect(text).not.toContain(OWN);
    }
  });

  it('is called so in the message to a researcher, in their language', async () => {
    const $ = load(await read(`/institutes/wind/calls/${call}/propose`, 'en'));
    expect($('textarea[name=text]').text()).toContain(`«\u00a0${FRENCH}\u00a0»`);
  });

  it('is called so in mails, by their language, and keeps its own label for programs', async () => {
    const { content } = (await inbox.test.app.get(ProfileRepository).findById('wind'))!;
    const mail = async (language: 'fr' | 'en') => {
      const { message } = await inbox.test.app.get(MessagePreview).next(content, { language, first: true });
      return renderMail(message).text!;
    };
    expect(await mail('fr')).toContain(FRENCH);
    expect(await mail('fr')).not.toContain(OWN);
    expect(await mail('en')).toContain(OWN);
    const { body: found } = await api(inbox.test.url, '/v1/matches?profile=wind');
    expect(found.items[0].competences[0].competence).toBe(OWN);
    const { body } = await api(inbox.test.url, `/v1/matches/${found.items[0].id}?language=fr`);
    expect(body.reasons[0].says).toContain(FRENCH);
  });
});
