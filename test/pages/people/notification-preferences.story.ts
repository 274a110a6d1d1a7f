import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { SETTINGS_LINK_DAYS, settingsToken } from '../../../src/notifications/domain/content/mail-link.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { mailsTo } from '../../support/notifications/mails.js';
import { Browser, somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { settingsPath } from '../../support/notifications/settings-link.js';
import { namesItsContacts, toldOf } from '../../support/notifications/told.js';

const ACCOUNT = '/account/notification-preferences';

describe('the page on which one chooses what one is told', () => {
  let world: InboxTest;
  let coordinator: Somebody;
  let callId: string;
  let path: string;
  let anybody: Browser;
  beforeAll(async () => {
    world = await startInbox(
      [aProfile('wind-a'), aProfile('wind-b')],
      [aCall('W1', { title: 'Wind one' })],
      [{ id: 'pair', name: { fr: 'Paire', en: 'Pair' }, members: 'all', confirmed: false, source: '' }],
    );
    coordinator = await somebody(world.test, { role: 'coordinator' });
    callId = (await query('SELECT id FROM call'))[0].id;
  });
  afterAll(() => world?.stop());
  beforeEach(async () => {
    for (const table of ['follow', 'recipient', 'notification_item', 'sign_in_rate_limit'])
      await query(`DELETE FROM ${table}`);
    await toldOf(world.test, 'wind-a', callId);
    path = await settingsPath(world.test, (await recipient()).address);
    anybody = new Browser(world.test.url);
  });

  const query = (sql: string, values: unknown[] = []) => world.test.app.get(DataSource).query(sql, values);
  const link = (step = '') => `${path}${step}`;
  const page = async (who: Browser, path: string) => load((await who.get(path)).body);
  /** Returns the contact who gets messages; others may be stored before them in the table. */
  const recipient = async () =>
    (await query(`SELECT * FROM recipient WHERE address = id || '@example.org'`))[0];
  const FIELDS = {
    frequency: 'daily',
    weekday: '',
    at: '08:30',
    urgent: 'no',
    from: '',
    zone: '',
    dailyLimit: '',
    deadlineDays: '',
    pausedUntil: '',
    language: 'en',
  };

  it('is behind the link of each message, without signing in; to look at it changes nothing', async () => {
    const before = await query('SELECT * FROM recipient, follow');
    const answer = await anybody.get(link());
    expect([
      answer.status,
      answer.headers.get('referrer-policy'),
      answer.headers.get('x-robots-tag'),
      answer.headers.get('cache-control'),
    ]).toEqual([200, 'strict-origin', 'noindex, nofollow', 'no-store']);
    const $ = load(answer.body);
    expect($('html').attr('lang')).toBe('en');
    expect($('.entry').text()).toContain('Carnot wind-a');
    expect($('.entry').text()).toContain('because the institute’s profile names you as its contact');
    expect($('#state').parent().text()).toMatch(
      /The next digest will be sent on Monday .*07:00 \(Brussels\)/,
    );
    expect(
      $('form')
        .map((_, f) => $(f).attr('action'))
        .get(),
    ).toEqual([link('/leave'), link(), link('/stop')]);
    expect(await query('SELECT * FROM recipient, follow')).toEqual(before);
  });

  it('shows no account of whoever else signed in here', async () => {
    const $ = await page(world.officer, link());
    expect($('form[action="/sign-out"]').length).toBe(0);
    expect($('a[href="/account"]').length).toBe(0);
  });

  it('a link that is none of ours says what to do, in both languages', async () => {
    for (const path of ['/notification-preferences/x', `${link()}x`]) {
      for (const answer of [
        await anybody.get(path),
        await anybody.post(path, FIELDS),
        await anybody.post(`${path}/stop`),
      ]) {
        expect(answer.status).toBe(404);
        expect(answer.body).toContain('Ce lien n’est pas valable');
      }
    }
    expect(
      (await anybody.request('/notification-preferences/x', { headers: { 'accept-language': 'en' } })).body,
    ).toContain('copy the whole link from the foot of a message');
    expect((await recipient()).stopped_at).toBeNull();
  });

  it('a link is good for 90 days; then it says how to get a new one, and the link that stops the messages works on', async () => {
    const { address, token } = await recipient();
    expect((await anybody.get(await settingsPath(world.test, address, SETTINGS_LINK_DAYS - 1))).status).toBe(
      200,
    );
    const old = await settingsPath(world.test, address, SETTINGS_LINK_DAYS + 1);
    const before = await query('SELECT * FROM recipient, follow');
    for (const answer of [
      await anybody.get(old),
      await anybody.post(old, FIELDS),
      await anybody.post(`${old}/stop`),
    ]) {
      expect(answer.status).toBe(410);
      expect(answer.body).toContain('Chaque message en contient un nouveau');
    }
    expect(await query('SELECT * FROM recipient, follow')).toEqual(before);
    // The token in older messages still unsubscribes, but does not open the preferences page.
    expect((await anybody.get(`/notification-preferences/${token}`)).status).toBe(410);
    expect((await anybody.post(`/unsubscribe/${token}`)).status).toBe(200);
    expect((await recipient()).stopped_at).not.toBeNull();
  });

  describe('a link whose time is over', () => {
    const renew = async (link: string) => {
      const { status, body } = await new Browser(world.test.url).post(`${link}/renew`);
      return { status, main: load(body)('main').html() };
    };
    const SENT = { status: 200, main: expect.stringContaining('un nouveau lien lui est envoyé') };
    const mails = async (address: string) =>
      (await mailsTo(world.test, address)).filter((l) => l.kind === 'settings');

    it('brings a new one to the address that it was for, and to no other, three times a day', async () => {
      const { address, token } = await recipient();
      const old = await settingsPath(world.test, address, SETTINGS_LINK_DAYS + 1);
      const $ = await page(anybody, old);
      expect([$('main form').attr('action'), $('main form button').text(), $('main input').length]).toEqual([
        `${old}/renew`,
        'Recevoir un nouveau lien',
        0,
      ]);
      const answers = [];
      // The token in older messages requests the same.
      for (const link of [old, `/notification-preferences/${token}`, old, old, old])
        answers.push(await renew(link));
      expect(answers).toEqual(Array(5).fill(SENT));
      expect((await mails(address)).map((l) => l.to_address)).toEqual(Array(3).fill(address));
      const [, fresh] = /(\/notification-preferences\/[\w.-]+)\n/.exec((await mails(address))[0]!.text)!;
      expect((await anybody.get(fresh!)).status).toBe(200);
      expect(
        (
          await query(
            `SELECT count(*)::int AS n FROM transactional_mail WHERE kind = 'settings' AND to_address <> $1`,
            [address],
          )
        )[0].n,
      ).toBe(0);
    });

    it("says the same, and brings nothing, where nobody has the address any more, nobody reads it, or it was nobody's", async () => {
      const { address, id } = await recipient();
      const old = await settingsPath(world.test, address, SETTINGS_LINK_DAYS + 1);
      const good = await settingsPath(world.test, address);
      const asked = [
        await renew('/notification-preferences/x'),
        await renew(good),
        await renew(`/notification-preferences/${'x'.repeat(43)}`),
        await renew(`${old.slice(0, -43)}${'A'.repeat(43)}`),
      ];
      const shown = (await anybody.get(old)).body;
      await query(`UPDATE recipient SET stopped_at = now(), stopped_why = '550 no such user' WHERE id = $1`, [
        id,
      ]);
      asked.push(await renew(old));
      await query(`UPDATE recipient SET stopped_at = NULL, stopped_why = NULL WHERE id = $1`, [id]);
      await query('DELETE FROM follow WHERE recipient_id = $1', [id]);
      asked.push(await renew(old));
      await query('DELETE FROM notification_item');
      await query('DELETE FROM recipient WHERE id = $1', [id]);
      asked.push(await renew(old));
      expect(new Set(asked.map(({ status, main }) => `${status} ${main}`)).size).toBe(1);
      expect(asked[0]).toEqual(SENT);
      expect(load((await anybody.get(old)).body)('main').html()).toBe(load(shown)('main').html());
      expect(await mails(address)).toEqual([]);
    });

    it('is asked for so often from one network, and no more', async () => {
      const old = await settingsPath(world.test, (await recipient()).address, SETTINGS_LINK_DAYS + 1);
      const answers = await Promise.all(Array.from({ length: 41 }, () => renew(old)));
      const refused = answers.filter((a) => a.status === 429);
      expect(refused).toHaveLength(1);
      expect(load(refused[0]!.main!)('[role=alert]').text()).toMatch(/minutes/);
    });
  });

  it("a link opens nobody else's choices, and is not made longer by hand", async () => {
    const [id, until, mac] = path.slice('/notification-preferences/'.length).split('.');
    const { token } = await recipient();
    for (const forged of [
      `${id}.zzzzzzzz.${mac}`,
      `${randomUUID()}.${until}.${mac}`,
      settingsToken({ id: id!, linkKey: token }, new Date()),
      `${id}.${until}.${'A'.repeat(43)}`,
    ]) {
      expect((await anybody.get(`/notification-preferences/${forged}`)).status).toBe(404);
    }
  });

  it('takes how often, when and what; an empty field is as the defaults say', async () => {
    expect((await anybody.post(link(), FIELDS)).location).toBe(link());
    expect((await recipient()).preferences).toEqual({ frequency: 'daily', at: '08:30', urgent: false });
    const $ = await page(anybody, link());
    expect($('[role=status]').text()).toBe('Saved.');
    expect([
      $('select[name=frequency]').val(),
      $('input[name=at]').val(),
      $('select[name=urgent]').val(),
      $('select[name=weekday] option[selected]').text(),
    ]).toEqual(['daily', '08:30', 'no', 'Monday (default)']);
    await anybody.post(link(), {
      ...FIELDS,
      frequency: '',
      at: '',
      urgent: '',
      deadlineDays: '30, 7;2',
      dailyLimit: '5',
      zone: 'Europe/Paris',
      from: 'strong',
      language: 'fr',
    });
    expect(await recipient()).toMatchObject({
      language: 'fr',
      preferences: { deadlineDays: [30, 7, 2], dailyLimit: 5, zone: 'Europe/Paris', from: 'strong' },
    });
    expect((await page(new Browser(world.test.url), link()))('h1').text()).toBe('Réglages des notifications');
  });

  it.each([
    ['zone', 'Mars', /Europe\/Paris/],
    ['dailyLimit', '0', /from 1 to 1000/],
    ['deadlineDays', '30, soon', /separated by commas/],
    ['at', 'noon', /07:00/],
    ['pausedUntil', '2020-01-01', /a future day/],
    ['frequency', 'hourly', /from the list/],
  ])('says at %s what is wrong, keeps what was typed and changes nothing', async (field, value, says) => {
    const before = await query('SELECT * FROM recipient');
    const answer = await anybody.post(link(), { ...FIELDS, at: '09:15', [field]: value });
    const $ = load(answer.body);
    expect(answer.status).toBe(422);
    expect($(`#${field}-error`).text()).toMatch(says);
    if (field !== 'at') expect($('input[name=at]').val()).toBe('09:15');
    expect(await query('SELECT * FROM recipient')).toEqual(before);
  });

  it('keeps what was chosen where a form comes without its fields', async () => {
    await anybody.post(link(), FIELDS);
    const before = await query('SELECT * FROM recipient');
    expect((await anybody.post(link(), { other: 'form' })).status).toBe(422);
    expect(await query('SELECT * FROM recipient')).toEqual(before);
  });

  it('pauses until a day begins, stops all, begins again, leaves one and takes it back', async () => {
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await anybody.post(link(), { ...FIELDS, zone: 'Europe/Helsinki', pausedUntil: day });
    expect((await recipient()).paused_until.toISOString()).toMatch(/T2[12]:00:00.000Z$/);
    expect((await page(anybody, link()))('input[name=pausedUntil]').val()).toBe(day);
    await anybody.post(link(), FIELDS);
    expect((await recipient()).paused_until).toBeNull();
    await anybody.post(link('/stop'));
    await anybody.post(link('/stop'));
    expect(await recipient()).toMatchObject({ stopped_why: 'unsubscribed' });
    expect((await page(anybody, link()))('.notice').text()).toContain(
      'You receive no messages: they were stopped on',
    );
    await anybody.post(link('/start'));
    expect((await recipient()).stopped_at).toBeNull();
    await namesItsContacts(world.test, 'wind-a');
    await anybody.post(link('/leave'), { kind: 'profile', target: 'wind-a' });
    expect((await query('SELECT left_at, origin FROM follow'))[0]).toMatchObject({
      left_at: expect.any(Date),
      origin: 'contact',
    });
    expect((await page(anybody, link()))('.entry').text()).toContain('no longer followed');
    await anybody.post(link('/join'), { kind: 'profile', target: 'wind-a' });
    expect((await query('SELECT left_at, origin FROM follow'))[0]).toEqual({
      left_at: null,
      origin: 'contact',
    });
  });

  it("gives nothing that its reader did not have: another institute's profile is not joined by it", async () => {
    await anybody.post(link('/join'), { kind: 'profile', target: 'wind-b' });
    expect(await query('SELECT target FROM follow')).toEqual([{ target: 'wind-a' }]);
    expect((await anybody.post(link('/leave'), { kind: 'planet', target: 'x' })).status).toBe(400);
    expect((await anybody.post(link('/dance'))).status).toBe(400);
  });

  it('takes nothing that another site sends, and not for ever', async () => {
    expect(
      (await anybody.request(link('/stop'), { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(403);
    expect((await recipient()).stopped_at).toBeNull();
    for (let i = 0; i < 60; i++) await anybody.post(link('/start'));
    expect((await anybody.post(link(), FIELDS)).status).toBe(429);
    expect((await anybody.post(link('/stop'))).status).toBe(303);
  });

  it('is linked from every page for who signed in, says where messages go, and offers what may be followed', async () => {
    await query('DELETE FROM follow');
    const officer = world.officer;
    expect((await page(officer, '/calls'))(`a[href="${ACCOUNT}"]`).text()).toBe('Notification settings');
    const $ = await page(officer, ACCOUNT);
    expect($('#state').parent().text()).toContain(`Messages go to ${officer.person.email}.`);
    expect(
      $('form[action^="/account/follows/"]')
        .map((_, f) => $(f).attr('action'))
        .get(),
    ).toEqual(['/account/follows/profile/wind-a']);
    expect((await page(coordinator, ACCOUNT))('form[action^="/account/follows/"]').attr('action')).toBe(
      '/account/follows/group/pair',
    );
    expect(
      (await officer.post('/account/follows/profile/wind-a', { following: 'yes', back: ACCOUNT })).location,
    ).toBe(ACCOUNT);
    expect((await officer.post(ACCOUNT, FIELDS)).location).toBe(ACCOUNT);
    expect(
      (await query('SELECT preferences FROM recipient WHERE address = $1', [officer.person.email]))[0]
        .preferences,
    ).toEqual({ frequency: 'daily', at: '08:30', urgent: false });
    expect((await officer.post(`${ACCOUNT}/stop`)).location).toBe(ACCOUNT);
    expect(
      (await query('SELECT stopped_why FROM recipient WHERE address = $1', [officer.person.email]))[0]
        .stopped_why,
    ).toBe('unsubscribed');
    expect((await recipient()).stopped_at).toBeNull();
    expect((await anybody.get(ACCOUNT)).location).toBe(`/sign-in?next=${encodeURIComponent(ACCOUNT)}`);
  });

  it("a button on the pages of calls, profiles and saved searches follows and leaves; another's is refused", async () => {
    const officer = world.officer;
    await officer.post('/institutes/wind-a/searches', {
      name: 'Windy',
      page: 'calls',
      query: 'q=wind',
      back: '/calls',
    });
    const [{ id: search }] = await query('SELECT id FROM saved_search');
    const button = async (path: string, target: string) =>
      (await page(officer, path))(`form[action$="${target}"] button`).text();
    for (const [path, target] of [
      [`/institutes/wind-a/calls/${callId}`, `call/${callId}`],
      ['/institutes/wind-a/profile', 'profile/wind-a'],
      ['/calls', `search/${search}`],
    ] as const) {
      expect(await button(path, target)).toBe('Follow');
      expect(
        (await officer.post(`/account/follows/${target}`, { following: 'yes', back: path })).location,
      ).toBe(path);
      expect(await button(path, target)).toBe('Stop following');
      expect(
        (
          await officer.post(`/account/follows/${target}`, {
            following: 'no',
            back: 'https://elsewhere.test/',
          })
        ).location,
      ).toBe(ACCOUNT);
      expect(await button(path, target)).toBe('Follow');
    }
    const stranger = await somebody(world.test, { role: 'officer', profile: 'wind-b' });
    expect([
      (await stranger.post('/account/follows/profile/wind-a', { following: 'yes' })).status,
      (await stranger.post(`/account/follows/search/${search}`, { following: 'yes' })).status,
      (await officer.post('/account/follows/group/pair', { following: 'yes' })).status,
    ]).toEqual([403, 404, 403]);
    expect((await anybody.post(`/account/follows/call/${callId}`, { following: 'yes' })).location).toBe(
      '/sign-in',
    );
  });
});
