import { load } from 'cheerio';
import { eventsIn } from '../../support/institutes/calendars.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { get, WIND } from '../../support/institutes/sheets.js';

const PAGE = '/deadlines/calendars';

describe("the page for one's own calendar", () => {
  let world: InboxTest;
  let reader: Somebody;
  let coordinator: Somebody;
  beforeAll(async () => {
    world = await startInbox(
      [aProfile('wind-a'), aProfile('wind-b')],
      [aCall('W1', { title: 'Wind one', sections: WIND })],
      [{ id: 'pair', name: { fr: 'Paire', en: 'Pair' }, members: 'all', confirmed: false, source: '' }],
    );
    reader = await somebody(world.test, { role: 'reader', profile: 'wind-a' });
    coordinator = await somebody(world.test, { role: 'coordinator' });
  });
  afterAll(() => world?.stop());

  const page = async (who: Somebody, path = PAGE) => load((await who.get(path)).body);
  const read = (address: string) => get(world.test.url, new URL(address).pathname);
  const forms = async (who: Somebody) =>
    (await page(who))('form.calendar-form')
      .map((_, form) => load(form)('form').attr('action'))
      .get();

  it('is led to from the deadlines, and offers what one may make', async () => {
    expect((await page(world.officer, '/deadlines'))(`a[href="${PAGE}"]`).text()).toBe(
      'Subscribe in your calendar',
    );
    expect(await forms(world.officer)).toEqual(['/account/calendars', '/institutes/wind-a/calendars']);
    expect(await forms(reader)).toEqual(['/account/calendars']);
    expect(await forms(coordinator)).toEqual(['/groups/calendars']);
    expect((await page(coordinator))('select[name=group] option').text()).toBe('Pair');
  });

  it.each([
    ['the institute', '/institutes/wind-a/calendars', () => world.officer, {}, ['Deadline: Wind one']],
    ['a group', '/groups/calendars', () => coordinator, { group: 'pair' }, ['Deadline: Wind one']],
    ['oneself', '/account/calendars', () => reader, {}, []],
  ] as const)(
    'makes an address of %s that is shown once and answers, and revokes it',
    async (_, action, who, form, summaries) => {
      const made = await who().post(action, { name: 'Échéances; à nous', ...form });
      expect(made.status).toBe(201);
      const $ = load(made.body);
      const address = $('input.address').attr('value')!;
      expect($('a[href^="webcal:"]').attr('href')).toBe(address.replace(/^http:/, 'webcal:'));
      const file = await read(address);
      expect([file.status, eventsIn(await file.text()).map((e) => e.summary)]).toEqual([200, summaries]);
      const listed = await page(who());
      expect(listed('.calendars h3').text()).toBe('Échéances; à nous');
      expect(listed.html()).not.toContain(address.split('/')[4]!.replace('.ics', ''));
      expect(listed('.calendars li p.small').text()).not.toContain('Last read: never');
      const revoked = await who().post(listed('form[action$="/revoke"]').attr('action')!);
      expect([revoked.status, revoked.location]).toEqual([303, PAGE]);
      expect((await page(who()))('[role=status]').text()).not.toBe('');
      expect((await read(address)).status).toBe(404);
    },
  );

  it('says at its form what is wrong with it', async () => {
    const wrong = await world.officer.post('/institutes/wind-a/calendars', { name: '' });
    expect([wrong.status, load(wrong.body)('.error').attr('id'), load(wrong.body)('.error').length]).toEqual([
      422,
      'calendar-institute-error',
      1,
    ]);
    for (let i = 0; i < 20; i++) await reader.post('/account/calendars', { name: `n${i}` });
    const full = await reader.post('/account/calendars', { name: 'one more' });
    expect([
      full.status,
      load(full.body)('.error').text(),
      load(full.body)('#calendar-own').attr('value'),
    ]).toEqual([422, 'You already have 20 links. Revoke one first.', 'one more']);
    expect((await coordinator.post('/groups/calendars', { name: 'x', group: 'none' })).status).toBe(404);
  });
});
