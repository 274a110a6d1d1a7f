import { load } from 'cheerio';
import { aCall } from '../../support/matching/calls.js';
import { ChannelRegistry } from '../../../src/notifications/channel-registry.js';
import { CallFinder } from '../../../src/matching/call-finder.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const researchers = [
  { name: 'Zoé Éolienne', email: 'zoe@wind.test', language: 'fr', competences: [] },
  { name: 'Jean Petit', email: 'jean@wind.test', language: 'fr', competences: [] },
  { name: 'Loïc L’Hostis', email: 'loic@wind.test', language: 'fr', competences: [] },
];

describe('finding calls, people, institutes and pages by one field', () => {
  let inbox: InboxTest;
  let coordinator: Somebody;
  let french: Somebody;
  beforeAll(async () => {
    inbox = await startInbox(
      [aProfile('wind'), aProfile('sister'), { ...aProfile('cetim'), name: 'Cetim' }],
      [
        aCall('W', { title: 'Offshore <b>wind</b> turbine', identifier: 'HORIZON-CL5-W' }),
        aCall('P', { title: 'The small profile of Jean Petit' }),
      ],
    );
    coordinator = await somebody(inbox.test, { role: 'coordinator' });
    french = await somebody(inbox.test, { role: 'officer', profile: 'wind', language: 'fr' });
    for (const researcher of researchers) {
      const added = await fetch(`${inbox.test.url}/v1/profiles/wind/researchers`, {
        method: 'POST',
        headers: { authorization: `Bearer ${inbox.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(researcher),
      });
      expect(added.status).toBeLessThan(300);
    }
  });
  afterAll(() => inbox?.stop());

  const links = async (who: Somebody, q: string) => {
    const $ = await pageFor(who, `/find?q=${encodeURIComponent(q)}`);
    return $('.found-group a')
      .map((_, a) => $(a).attr('href')!)
      .get();
  };

  it('finds a call by a word and by its identifier, on the page of the own institute, its words as text', async () => {
    const call = `/institutes/wind/calls/${await inbox.id('Offshore <b>wind</b> turbine')}`;
    expect(await links(inbox.officer, 'turbine')).toContain(call);
    expect(await links(inbox.officer, 'HORIZON-CL5-W')).toContain(call);
    const $ = await pageFor(inbox.officer, '/find?q=turbine');
    expect($('.found-group b').length).toBe(0);
    expect(await links(coordinator, 'turbine')).toContain(call.replace('/institutes/wind', ''));
  });

  it('finds a researcher for those of the institute alone, accents or not', async () => {
    const people = async (who: Somebody) =>
      (await links(who, 'eolienne')).filter((href) => href.includes('/people/'));
    expect(await people(inbox.officer)).toEqual([
      expect.stringMatching(/^\/institutes\/wind\/people\/[0-9a-f-]{36}$/),
    ]);
    const sister = await somebody(inbox.test, { role: 'officer', profile: 'sister' });
    for (const other of [sister, coordinator]) expect(await people(other)).toEqual([]);
  });

  it('finds institutes for the network alone, and pages for whom they are', async () => {
    expect(await links(coordinator, 'sister')).toContain('/institutes/sister/inbox');
    expect(await links(inbox.officer, 'sister')).toEqual([]);
    expect(await links(inbox.officer, '')).toContain('/deadlines');
  });

  it.each([
    ['réglages', '/account/notification-preferences'],
    ['reglajes', '/account/notification-preferences'],
    ['settings', '/account/notification-preferences'],
    ['profil', '/institutes/wind/profile'],
    ['proflie', '/institutes/wind/profile'],
    ['agenda', '/deadlines'],
    ['calendar', '/deadlines'],
    ['inviter', '/institutes/wind/team'],
    ['invitr', '/institutes/wind/team'],
    ['invite', '/institutes/wind/team'],
    ['abstract', '/calls/like'],
    ['pourquoi', '/institutes/wind/why'],
    ['missing call', '/institutes/wind/why'],
    ['projets financés', '/institutes/wind/profile/track-record'],
    ['recherches enregistrees', '/calls'],
    ['saved searches', '/calls'],
    ['journal', '/audit'],
    ['RGPD', '/privacy'],
  ])('leads to the page first by any of its names, in both languages and with slips: %s', async (q, href) => {
    for (const who of [inbox.officer, french]) expect((await links(who, q))[0]).toBe(href);
  });

  it('leads to the channels by the name of each that an institute may add', async () => {
    const { offered } = inbox.test.app.get(ChannelRegistry);
    for (const { name } of offered)
      expect((await links(inbox.officer, name.en))[0]).toBe('/institutes/wind/channels');
  });

  it.each([
    ['inviter', '/coordinators'],
    ['invite', '/coordinators'],
    ['groupes', '/network/groups'],
    ['Packs', '/network/papers'],
    ['projets communs', '/network/joint'],
    ['participation', '/network/institutes'],
  ])('leads the coordination to its own pages: %s', async (q, href) =>
    expect((await links(coordinator, q))[0]).toBe(href),
  );

  it.each(['-', '😀', '?!'])('names nothing and nobody for what has no letter: %s', async (q) =>
    expect(await links(inbox.officer, q)).toEqual([]),
  );

  it.each(['l’hostis', "l'hostis", 'lhostis', 'hostis'])(
    'finds a name with an apostrophe however it is typed: %s',
    async (q) => expect((await links(inbox.officer, q))[0]).toMatch(/^\/institutes\/wind\/people\//),
  );

  it.each(['Jean Petit', 'petit jean', 'jean petti'])(
    'names people before calls, whatever the order of the words: %s',
    async (q) => {
      const $ = await pageFor(inbox.officer, `/find?q=${encodeURIComponent(q)}`);
      expect($('.found-group a').first().attr('href')).toMatch(/^\/institutes\/wind\/people\/[0-9a-f-]{36}$/);
    },
  );

  it('names pages, then institutes, then calls', async () => {
    const first = async (q: string) => (await links(coordinator, q))[0];
    for (const q of ['Cetim', 'cetin', 'CETIM']) expect(await first(q)).toBe('/institutes/cetim/inbox');
    const $ = await pageFor(inbox.officer, '/find?q=profile');
    expect(
      $('.found-group h2')
        .map((_, h) => $(h).text())
        .get(),
    ).toEqual(['Go to', 'Calls']);
  });

  it('says why the list of calls is empty or short: no word, or half of one that very many have', async () => {
    const listed = async (q: string) => {
      const $ = await pageFor(inbox.officer, `/calls?q=${encodeURIComponent(q)}`);
      return $('#list').text();
    };
    const [noWord, inTitles] = ['has no word to look for', 'Only titles and identifiers were searched'];
    for (const q of ['the', '?!']) expect(await listed(q)).toContain(noWord);
    expect(await listed('xylographie')).not.toContain(noWord);
    const finder = inbox.test.app.get(CallFinder);
    const { mostOfHalfWord } = finder;
    expect(await listed('turb')).not.toContain(inTitles);
    finder.mostOfHalfWord = 0;
    expect(await listed('turb')).toContain(inTitles);
    finder.mostOfHalfWord = mostOfHalfWord;
  });

  it('marks the words that a call was found by, as text', async () => {
    const $ = await pageFor(inbox.officer, '/find?q=turbines');
    expect(
      $('.found-group mark')
        .map((_, mark) => $(mark).text())
        .get(),
    ).toEqual(['turbine']);
  });

  it('answers the script with the list alone, and nobody who is not signed in', async () => {
    const { body } = await inbox.officer.request('/find?q=turbine', { headers: { 'hx-request': 'true' } });
    expect(load(body, null, false)('main, .head').length).toBe(0);
    expect(body).toContain('found-group');
    const stranger = await fetch(`${inbox.test.url}/find?q=turbine`, { redirect: 'manual' });
    expect(await stranger.text()).not.toContain('HORIZON-CL5-W');
  });
});
