import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { Browser, serviceKey, somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/notifications/webhook-receiver.js';

const RECIPIENT = '00000000-0000-4000-8000-000000000001';
const MAIL = '00000000-0000-4000-8000-0000000000aa';
const TOKEN_OF_ANNE = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6';

describe('what was sent, and where an institute is told', () => {
  const config = configWith([aProfile('wind-a'), aProfile('wind-b')]);
  let server: TestApp;
  let receiver: WebhookReceiver;
  let people: Record<'officer' | 'reader' | 'stranger' | 'coordinator', Somebody>;
  beforeAll(async () => {
    receiver = await startWebhookReceiver();
    server = await startApp(
      { PUBLIC_URL: 'http://calls.test', WEBHOOK_TRUSTED_ORIGINS: receiver.origin },
      { working: false, adjust: on(config.dir) },
    );
    const of = (role: 'officer' | 'reader' | 'coordinator', profile?: string) =>
      somebody(server, { role, ...(profile && { profile }), ...(role === 'officer' && { name: 'Olga' }) });
    people = {
      officer: await of('officer', 'wind-a'),
      reader: await of('reader', 'wind-a'),
      stranger: await of('officer', 'wind-b'),
      coordinator: await of('coordinator'),
    };
  });
  afterAll(async () => {
    await server?.stop();
    await receiver?.close();
    config.remove();
  });
  beforeEach(async () => {
    for (const table of ['follow', 'recipient', 'notification', 'preference_defaults', 'sign_in_rate_limit'])
      await query(`DELETE FROM ${table}`);
    await query(
      `INSERT INTO recipient (id, channel, address, name, language, profile_id, token, link_key, since, planned_seq, last_slot_at) VALUES ($1, 'email', 'anne@example.org', 'Anne', 'en', 'wind-a', $2, 'k', now(), 0, now())`,
      [RECIPIENT, TOKEN_OF_ANNE],
    );
    await query(
      `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, name, subject, text, html, unsubscribe_url, message_id, items, more, state, attempts, tries, created_at, sent_at, sent_where)
       VALUES ($1::uuid, 'k', 'digest', $2, 'email', 'wind-a', 'anne@example.org', 'Anne', 'Two new calls', $3, $4, $5, $1::text || '@calls.test', '[]', 0, 'sent', 1, '[{"at":"2026-05-06T10:00:00.000Z","ok":true,"answer":"250 taken"}]', now(), now(), '250 taken')`,
      [
        MAIL,
        RECIPIENT,
        `Choose: http://calls.test/notification-preferences/${TOKEN_OF_ANNE}`,
        `<p style="color: red">Hello</p><script>document.title = 'ran'</script><a href="http://calls.test/notification-preferences/${TOKEN_OF_ANNE}">x</a>`,
        `http://calls.test/unsubscribe/${TOKEN_OF_ANNE}`,
      ],
    );
  });

  const query = (sql: string, values: unknown[] = []) => server.app.get(DataSource).query(sql, values);
  const OUTBOX = '/institutes/wind-a/messages';
  const CHANNELS = '/institutes/wind-a/channels';
  const page = async (who: Browser, path: string) => load((await who.get(path)).body);

  it('is listed with its state, and filtered by it', async () => {
    for (const who of [people.officer, people.reader]) {
      const $ = await page(who, OUTBOX);
      expect($('.entry').text()).toContain('Two new calls');
      expect($('.entry').text()).toContain('Anne (anne@example.org) · E-mail · digest');
    }
    expect((await page(people.officer, `${OUTBOX}?state=failed`))('.entry').length).toBe(0);
    expect((await page(people.officer, `${OUTBOX}?state=sent`))('.entry').length).toBe(1);
  });

  it('is shown to the network as when and whether, and not as what', async () => {
    const list = await people.coordinator.get(OUTBOX);
    expect(load(list.body)('.entry').text()).toContain('Anne (anne@example.org) · E-mail · digest');
    const one = await people.coordinator.get(`${OUTBOX}/${MAIL}`);
    expect([one.status, load(one.body)('iframe').length, load(one.body)('#as-mail ~ p').text()]).toEqual([
      200,
      0,
      expect.stringContaining('stays inside the institute'),
    ]);
    expect(one.body).toContain('250 taken');
    expect((await people.coordinator.get(`${OUTBOX}/${MAIL}/mail`)).status).toBe(404);
    const hidden = { subject: null, calls: null, more: null };
    for (const token of [TOKEN, await people.coordinator.key('write'), await serviceKey(server, 'read')]) {
      const { items } = (await api(server.url, '/v1/notifications', { token })).body;
      expect(items).toMatchObject([
        {
          id: MAIL,
          ...hidden,
          state: 'sent',
          to: { address: 'anne@example.org' },
          createdAt: expect.any(String),
        },
      ]);
      const { body } = await api(server.url, `/v1/notifications/${MAIL}`, { token });
      expect(body).toMatchObject({
        ...hidden,
        text: null,
        html: null,
        payload: null,
        tries: [{ answer: '250 taken' }],
      });
      for (const said of [list.body, one.body, JSON.stringify([items, body])])
        expect(said).not.toMatch(/Two new calls|Hello|Choose:/);
    }
    const { body } = await api(server.url, `/v1/notifications/${MAIL}/resend`, { method: 'POST' });
    expect(body).toMatchObject({ ...hidden, text: null, resendOf: MAIL });
    expect(
      (await api(server.url, `/v1/notifications/${MAIL}`, { token: await people.officer.key('read') })).body,
    ).toMatchObject({ subject: 'Two new calls', calls: [] });
  });

  it('is not sent again on and on: somebody, an address and an institute have so many copies, and it is said when there are more', async () => {
    const again = () => api(server.url, `/v1/notifications/${MAIL}/resend`, { method: 'POST' });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await again()).status);
    expect(statuses).toEqual(Array(5).fill(202));
    const late = await fetch(new URL(`/v1/notifications/${MAIL}/resend`, server.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect([
      late.status,
      Number(late.headers.get('retry-after')) > 3_600,
      (await late.json()).status,
    ]).toEqual([429, true, 429]);
    const page = await people.officer.post(`${OUTBOX}/${MAIL}/resend`);
    expect([page.status, load(page.body)('[role=alert]').text()]).toEqual([
      429,
      expect.stringMatching(/Too many attempts for one day.*24 hours/),
    ]);
    expect((await query('SELECT count(*)::int AS n FROM notification'))[0].n).toBe(6);
  });

  it('is shown as its reader sees it, in a frame in which nothing runs, without the links that are theirs alone', async () => {
    const answer = await people.reader.get(`${OUTBOX}/${MAIL}`);
    const $ = load(answer.body);
    expect([$('iframe').attr('sandbox'), $('iframe').attr('src')]).toEqual(['', `${OUTBOX}/${MAIL}/mail`]);
    const mail = await people.reader.get($('iframe').attr('src')!);
    expect(mail.body).toContain('<p style="color: red">Hello</p>');
    expect(mail.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox",
    );
    expect([mail.headers.get('content-type'), mail.headers.get('x-frame-options')]).toEqual([
      'text/html; charset=utf-8',
      'SAMEORIGIN',
    ]);
    expect(mail.body).not.toContain(TOKEN_OF_ANNE);
    expect(answer.body).not.toContain(TOKEN_OF_ANNE);
    expect(answer.body).toContain('250 taken');
    expect($(`form[action$="/resend"]`).length).toBe(0);
    for (const token of [await people.officer.key('read'), TOKEN])
      expect(
        JSON.stringify((await api(server.url, `/v1/notifications/${MAIL}`, { token })).body),
      ).not.toContain(TOKEN_OF_ANNE);
  });

  it('is sent again by a button, and by the API, each copy by somebody and under an id of its own', async () => {
    const sent = await people.officer.post(`${OUTBOX}/${MAIL}/resend`);
    expect(sent.location).toMatch(new RegExp(`^${OUTBOX}/[0-9a-f-]{36}$`));
    expect((await page(people.officer, sent.location!))('dl.facts').text()).toContain(
      'another copy, sent by Olga',
    );
    const again = await api(server.url, `/v1/notifications/${MAIL}/resend`, {
      method: 'POST',
      token: await serviceKey(server, 'write', 'wind-a'),
    });
    expect([again.status, again.body.resendOf, again.body.resentBy, again.body.state]).toEqual([
      202,
      MAIL,
      'test write',
      'pending',
    ]);
    expect(again.body.messageId).not.toBe(`${MAIL}@calls.test`);
    expect(
      (await api(server.url, `/v1/notifications/${again.body.id}/resend`, { method: 'POST' })).status,
    ).toBe(409);
    expect((await query('SELECT count(*)::int AS n FROM notification'))[0].n).toBe(3);
  });

  it("is nobody else's, and not sent again by who only reads", async () => {
    for (const path of [OUTBOX, `${OUTBOX}/${MAIL}`])
      expect((await people.stranger.get(path)).status).toBe(403);
    expect((await people.stranger.get(`/institutes/wind-b/messages/${MAIL}`)).status).toBe(404);
    expect((await people.coordinator.get(`/institutes/wind-b/messages/${MAIL}`)).status).toBe(404);
    expect([
      (await people.stranger.post(`${OUTBOX}/${MAIL}/resend`)).status,
      (await people.reader.post(`${OUTBOX}/${MAIL}/resend`)).status,
      (await new Browser(server.url).post(`${OUTBOX}/${MAIL}/resend`)).location,
    ]).toEqual([403, 403, '/sign-in']);
    const post = async (token: string | null) =>
      (await api(server.url, `/v1/notifications/${MAIL}/resend`, { method: 'POST', token })).status;
    expect([
      await post(await people.stranger.key('write')),
      await post(await people.officer.key('read')),
      await post(null),
    ]).toEqual([404, 403, 401]);
    expect((await query('SELECT count(*)::int AS n FROM notification'))[0].n).toBe(1);
  });

  it('a channel is added, shown its secret once, tried, given a fresh secret, and removed', async () => {
    const made = load(
      (
        await people.officer.post(CHANNELS, {
          channel: 'webhook',
          name: 'Our CRM',
          address: receiver.address,
          language: 'en',
        })
      ).body,
    );
    const secret = made('#made-secret').attr('value')!;
    expect(secret).toMatch(/^whsec_/);
    const listed = await people.officer.get(CHANNELS);
    for (const hidden of [secret, 'T0pS3cretPath']) expect(listed.body).not.toContain(hidden);
    const button = async (step: string) =>
      (await page(people.officer, CHANNELS))(`form[action$="/${step}"]`).attr('action')!;
    expect(load((await people.officer.post(await button('test'))).body)('[role=status]').text()).toContain(
      'The test was accepted',
    );
    receiver.behave({ status: 500 });
    expect(load((await people.officer.post(await button('test'))).body)('[role=status]').text()).toContain(
      'The test failed',
    );
    receiver.behave({ status: 204 });
    expect(
      load((await people.officer.post(await button('secret'))).body)('#made-secret').attr('value'),
    ).not.toBe(secret);
    expect((await people.officer.post(await button('drop-old'))).location).toBe(CHANNELS);
    expect((await people.officer.post(await button('remove'))).location).toBe(CHANNELS);
    expect((await page(people.officer, CHANNELS))('.entry').length).toBe(0);
  });

  it('a channel of which the key is lost says so beside it', async () => {
    await people.officer.post(CHANNELS, {
      channel: 'webhook',
      name: 'X',
      address: receiver.address,
      language: 'en',
    });
    expect((await page(people.officer, CHANNELS))('.entry .bad').length).toBe(0);
    await query(
      `UPDATE recipient SET address = 'sealed:1:00000000:' || repeat('A', 80) WHERE channel = 'webhook'`,
    );
    expect((await page(people.officer, CHANNELS))('.entry .bad').text()).toContain(
      'was stored with another server key',
    );
  });

  it('an address that may not be asked is refused at its field, one that is there already as a whole', async () => {
    const add = (address: string) =>
      people.officer.post(CHANNELS, { channel: 'webhook', name: 'X', address, language: 'en' });
    const wrong = await add('https://192.168.1.1/x');
    expect([
      wrong.status,
      load(wrong.body)('#address-error').length,
      load(wrong.body)('#name').attr('value'),
    ]).toEqual([422, 1, 'X']);
    await add(receiver.address);
    expect([
      (await add(receiver.address)).status,
      (await query(`SELECT count(*)::int AS n FROM recipient WHERE channel = 'webhook'`))[0].n,
    ]).toEqual([422, 1]);
  });

  it('what holds for its people is set by its officers, on the page and over the API, and no digest leaves at once by it', async () => {
    expect(
      (await people.officer.post(`${CHANNELS}/defaults`, { frequency: 'daily', at: '06:00', urgent: 'no' }))
        .location,
    ).toBe(CHANNELS);
    const token = await people.officer.key('write');
    const defaults = '/v1/profiles/wind-a/notification-defaults';
    expect((await api(server.url, defaults, { token })).body).toMatchObject({
      preferences: { frequency: 'daily', at: '06:00', urgent: false, from: null },
      holds: { frequency: 'daily', dailyLimit: 3 },
      installation: { frequency: 'weekly' },
      updatedBy: 'Olga',
    });
    expect((await api(server.url, '/v1/me/notification-preferences', { token })).body.defaults).toMatchObject(
      {
        frequency: 'daily',
        at: '06:00',
        urgent: false,
      },
    );
    const [{ slot }] = await query('SELECT last_slot_at AS slot FROM recipient WHERE id = $1', [RECIPIENT]);
    expect([slot.getTime() <= Date.now(), Date.now() - slot.getTime() <= 25 * 3_600_000]).toEqual([
      true,
      true,
    ]);
    const put = async (who: string | null, body: object = { preferences: null }) =>
      (await api(server.url, defaults, { method: 'PUT', token: who, body })).status;
    expect([
      await put(await people.stranger.key('write')),
      await put(TOKEN),
      await put(await people.officer.key('read')),
      await put(null),
    ]).toEqual([403, 403, 403, 401]);
    expect(
      (await api(server.url, defaults, { method: 'PUT', token, body: { preferences: { weekday: 'noday' } } }))
        .body.errors[0].path,
    ).toBe('preferences.weekday');
    expect((await people.reader.post(`${CHANNELS}/defaults`, {})).status).toBe(403);
    expect((await people.officer.post(`${CHANNELS}/defaults`, { zone: 'Mars' })).status).toBe(422);
    expect((await api(server.url, defaults, { token })).body.preferences.frequency).toBe('daily');
  });

  it("channels are the institute's alone; readers see them and change nothing", async () => {
    for (const who of [people.stranger, people.coordinator])
      expect([(await who.get(CHANNELS)).status, (await who.post(CHANNELS, {})).status]).toEqual([403, 403]);
    const $ = await page(people.reader, CHANNELS);
    expect([
      $('h1').text(),
      $(`form[action="${CHANNELS}"]`).length,
      (await people.reader.post(CHANNELS, {})).status,
    ]).toEqual(['Notification channels', 0, 403]);
  });
});
