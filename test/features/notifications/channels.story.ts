import { DataSource } from 'typeorm';
import { Webhook } from 'standardwebhooks';
import { RecipientRepository } from '../../../src/notifications/store/recipient.repository.js';
import { api, startApp, TOKEN, type Caller, type TestApp } from '../../support/app.js';
import { serviceKey, somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/notifications/webhook-receiver.js';

describe('the channels of an institute or a group', () => {
  const config = configWith(
    [aProfile('wind-a'), aProfile('wind-b')],
    [
      {
        id: 'pair',
        name: { fr: 'Paire', en: 'Pair' },
        members: ['wind-a', 'wind-b'],
        confirmed: false,
        source: '',
      },
    ],
  );
  let server: TestApp;
  let receiver: WebhookReceiver;
  let keys: Record<'officer' | 'reading' | 'stranger' | 'service', Caller>;
  beforeAll(async () => {
    receiver = await startWebhookReceiver();
    server = await startApp(
      { PUBLIC_URL: 'http://calls.test', WEBHOOK_TRUSTED_ORIGINS: receiver.origin },
      { working: false, adjust: on(config.dir) },
    );
    const [officer, stranger] = [
      await somebody(server, { role: 'officer', profile: 'wind-a' }),
      await somebody(server, { role: 'officer', profile: 'wind-b' }),
    ];
    keys = {
      officer,
      reading: await officer.key('read'),
      stranger,
      service: await serviceKey(server, 'write', 'wind-a'),
    };
  });
  afterAll(async () => {
    await server?.stop();
    await receiver?.close();
    config.remove();
  });
  beforeEach(async () => {
    for (const table of ['follow', 'recipient', 'sign_in_rate_limit']) await query(`DELETE FROM ${table}`);
    receiver.behave({ status: 204 });
    receiver.taken.length = receiver.asked.length = 0;
  });

  const query = (sql: string, values: unknown[] = []) => server.app.get(DataSource).query(sql, values);
  /** Returns the addresses that messages are delivered to. */
  const addresses = async (): Promise<string[]> =>
    (await server.app.get(RecipientRepository).ofOwner('profile/wind-a')).map((r) => r.address);
  const OWN = '/v1/profiles/wind-a/channels';
  const ask = (method: string, path = OWN, token: Caller = keys.officer, body?: unknown) =>
    api(server.url, path, { method, token, ...(body !== undefined && { body }) });
  const webhook = () => ({ channel: 'webhook', name: 'Our CRM', address: receiver.address, language: 'en' });
  const made = async (path = OWN, token = keys.officer, over: object = {}) => {
    const { status, body } = await ask('POST', path, token, { ...webhook(), ...over });
    expect(status).toBe(200);
    return body as { id: string; secret: string; address: string };
  };

  it('are taken in with a secret that is shown once, and follow what they belong to', async () => {
    const one = await made();
    expect(one).toMatchObject({
      channel: 'webhook',
      name: 'Our CRM',
      address: `${receiver.origin}/…${receiver.address.slice(-4)}`,
      signs: true,
      secrets: 1,
      stopped: null,
      holds: { frequency: 'at-once', dailyLimit: 1000 },
    });
    expect(one.secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const [listed, got] = [(await ask('GET')).body, (await ask('GET', `${OWN}/${one.id}`)).body];
    expect(listed).toMatchObject({ total: 1, next: null, items: [got] });
    for (const hidden of [one.secret, 'T0pS3cretPath', 'S3cretQuery'])
      expect(JSON.stringify([listed, got])).not.toContain(hidden);
    expect(await query('SELECT kind, target, origin, welcomed_at FROM follow')).toEqual([
      { kind: 'profile', target: 'wind-a', origin: 'own', welcomed_at: null },
    ]);
    const rows = await query('SELECT * FROM recipient');
    expect(rows).toMatchObject([{ profile_id: 'wind-a', owner: 'profile/wind-a' }]);
    for (const hidden of [one.secret, receiver.address, 'T0pS3cretPath', 'S3cretQuery'])
      expect(JSON.stringify(rows)).not.toContain(hidden);
    expect(await addresses()).toEqual([receiver.address]);
    const group = await made('/v1/groups/pair/channels', TOKEN);
    expect(
      await query(
        'SELECT f.kind, f.target, r.profile_id FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE r.id = $1',
        [group.id],
      ),
    ).toEqual([{ kind: 'group', target: 'pair', profile_id: null }]);
  });

  it.each<[string, object, string]>([
    ['an address within the network', { address: 'https://10.0.0.7/hook' }, 'address'],
    ['this machine', { address: 'http://127.0.0.1:1/hook' }, 'address'],
    ['the metadata of a cloud', { address: 'https://169.254.169.254/latest' }, 'address'],
    ['what is not https', { address: 'http://hooks.example.org/x' }, 'address'],
    ['another port', { address: 'https://hooks.example.org:8443/x' }, 'address'],
    ['what is no address', { address: 'nowhere' }, 'address'],
    ['a password in it', { address: 'https://u:p@hooks.example.org/' }, 'address'],
    ['a mail address', { channel: 'email', address: 'a@example.org' }, 'channel'],
    ['a channel that is none', { channel: 'pigeon' }, 'channel'],
    ['no name', { name: ' ' }, 'name'],
    ['preferences that are none', { preferences: { at: '7' } }, 'preferences.at'],
    ['a field that is none', { secret: 'mine' }, 'secret'],
  ])('refuse %s, and say at which field', async (_, over, path) => {
    const { status, body } = await ask('POST', OWN, keys.officer, { ...webhook(), ...over });
    expect([status, body.errors?.[0]?.path]).toEqual([400, path]);
    const one = await made();
    if (path === 'address')
      expect(
        (await ask('PUT', `${OWN}/${one.id}`, keys.officer, { name: 'x', preferences: null, ...over })).body
          .errors[0].path,
      ).toBe('address');
    expect(await addresses()).toEqual([receiver.address]);
  });

  it('of which the key is lost say so and send nothing, until the address and the secret are set again', async () => {
    const { id } = await made();
    await query(
      `UPDATE recipient SET address = 'sealed:1:00000000:' || repeat('A', 80), secrets = ARRAY['sealed:1:00000000:' || repeat('A', 80)]`,
    );
    expect((await ask('GET', `${OWN}/${id}`)).body).toMatchObject({ locked: true, secrets: 0 });
    expect((await ask('POST', `${OWN}/${id}/test`)).body).toMatchObject({
      ok: false,
      answer: expect.stringContaining('SECRET_KEY'),
    });
    expect(
      (await ask('PUT', `${OWN}/${id}`, keys.officer, { name: 'Renamed', preferences: null })).body,
    ).toMatchObject({ name: 'Renamed', locked: true });
    expect(receiver.asked.length).toBe(0);
    await ask('PUT', `${OWN}/${id}`, keys.officer, {
      name: 'Renamed',
      preferences: null,
      address: receiver.address,
    });
    expect((await ask('POST', `${OWN}/${id}/secret`)).body).toMatchObject({ locked: false, secrets: 1 });
    expect((await ask('POST', `${OWN}/${id}/test`)).body).toMatchObject({ ok: true });
  });

  it('are changed without saying the address again; another address begins again where the first was refused for good', async () => {
    const { id } = await made();
    await query(`UPDATE recipient SET stopped_at = now(), stopped_why = '410'`);
    const change = (over: object) =>
      ask('PUT', `${OWN}/${id}`, keys.officer, {
        name: 'CRM',
        language: 'fr',
        preferences: { frequency: 'daily' },
        ...over,
      });
    expect((await change({})).body).toMatchObject({
      name: 'CRM',
      language: 'fr',
      preferences: { frequency: 'daily' },
      stopped: { why: '410' },
    });
    expect((await change({ address: `${receiver.origin}/other` })).body).toMatchObject({ stopped: null });
    expect((await change({ stopped: true })).body.stopped.why).toBe('unsubscribed');
    expect(await addresses()).toEqual([`${receiver.origin}/other`]);
    expect(
      (await ask('POST', OWN, keys.officer, { ...webhook(), address: `${receiver.origin}/other` })).status,
    ).toBe(409);
    const second = await made();
    expect(
      (
        await ask('PUT', `${OWN}/${second.id}`, keys.officer, {
          name: 'x',
          preferences: null,
          address: `${receiver.origin}/other`,
        })
      ).status,
    ).toBe(409);
  });

  it('are tried out at once: what is posted can be verified, and what was answered is told', async () => {
    const { id, secret } = await made();
    const test = () => ask('POST', `${OWN}/${id}/test`);
    expect((await test()).body).toMatchObject({
      ok: true,
      answer: `${new URL(receiver.origin).host}: status 204`,
    });
    const [{ headers, body }] = receiver.taken as [(typeof receiver.taken)[number]];
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'carnot.first.v1',
      data: {
        sample: true,
        follows: [{ target: 'wind-a' }],
        items: [{ call: { title: 'Test message: this is how a call is shown here' } }],
      },
    });
    receiver.behave({ status: 500 });
    expect((await test()).body).toMatchObject({
      ok: false,
      answer: `${new URL(receiver.origin).host}: status 500`,
    });
    expect(await query('SELECT * FROM notification')).toEqual([]);
    for (let i = 0; i < 28; i++) await test();
    expect((await test()).status).toBe(429);
  });

  it('are signed with a fresh secret and the last one, until that is dropped', async () => {
    const { id, secret: first } = await made();
    const verified = async (secret: string): Promise<boolean> => {
      receiver.taken.length = receiver.asked.length = 0;
      await ask('POST', `${OWN}/${id}/test`);
      try {
        return Boolean(
          new Webhook(secret).verify(
            receiver.taken[0]!.body,
            receiver.taken[0]!.headers as Record<string, string>,
          ),
        );
      } catch {
        return false;
      }
    };
    const {
      body: { secret: second, secrets },
    } = await ask('POST', `${OWN}/${id}/secret`);
    expect([secrets, await verified(first), await verified(second)]).toEqual([2, true, true]);
    expect((await ask('DELETE', `${OWN}/${id}/secret/old`)).body).toMatchObject({ secrets: 1 });
    expect([await verified(first), await verified(second)]).toEqual([false, true]);
    await ask('POST', `${OWN}/${id}/secret`);
    expect((await ask('POST', `${OWN}/${id}/secret`)).body.secrets).toBe(2);
    expect(await verified(second)).toBe(false);
    const teams = await made(OWN, keys.officer, {
      channel: 'teams',
      address: 'https://prod-1.westeurope.logic.azure.com/workflows/abc/triggers?sig=0123456789',
    });
    expect([teams.secret, teams.address, (await ask('POST', `${OWN}/${teams.id}/secret`)).status]).toEqual([
      null,
      'https://prod-1.westeurope.logic.azure.com/…6789',
      409,
    ]);
  });

  it('are at most twenty, however many are added at once', async () => {
    const add = (i: number) =>
      ask('POST', OWN, keys.officer, { ...webhook(), address: `${receiver.address}/${i}` });
    const answers = await Promise.all(Array.from({ length: 25 }, (_, i) => add(i)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(20).fill(200),
      ...Array<number>(5).fill(409),
    ]);
    expect((await addresses()).length).toBe(20);
  });

  it('are removed with what they follow', async () => {
    const { id } = await made();
    expect((await ask('DELETE', `${OWN}/${id}`)).body).toMatchObject({ id });
    expect([(await ask('DELETE', `${OWN}/${id}`)).status, (await ask('GET', `${OWN}/${id}`)).status]).toEqual(
      [404, 404],
    );
    expect([await query('SELECT * FROM recipient'), await query('SELECT * FROM follow')]).toEqual([[], []]);
  });

  it('are read on from where a list stopped, also if the channel there has been removed', async () => {
    const ids = [];
    for (const n of [1, 2, 3])
      ids.push((await made(OWN, keys.officer, { address: `${receiver.address}${n}` })).id);
    const { body } = await ask('GET', `${OWN}?limit=2`);
    const sorted = (await ask('GET')).body.items.map((c: { id: string }) => c.id);
    expect([...sorted].sort()).toEqual([...ids].sort());
    await ask('DELETE', `${OWN}/${sorted[1]}`);
    const next = await ask('GET', `${OWN}?limit=2&cursor=${body.next}`);
    expect(next.body).toMatchObject({ items: [{ id: sorted[2] }], next: null });
  });

  it("are the institute's alone, and a group's the network's alone", async () => {
    const [own, group] = [await made(), await made('/v1/groups/pair/channels', TOKEN)];
    const before = await query('SELECT * FROM recipient ORDER BY id');
    const routes = (base: string, id: string) =>
      [
        ['GET', base],
        ['POST', base, webhook()],
        ['GET', `${base}/${id}`],
        ['PUT', `${base}/${id}`, { name: 'x', preferences: null }],
        ['DELETE', `${base}/${id}`],
        ['POST', `${base}/${id}/secret`],
        ['DELETE', `${base}/${id}/secret/old`],
        ['POST', `${base}/${id}/test`],
      ] as const;
    const all = async (base: string, id: string, token: Caller) => [
      ...new Set(
        await Promise.all(
          routes(base, id).map(async ([method, path, body]) => (await ask(method, path, token, body)).status),
        ),
      ),
    ];
    for (const token of [keys.stranger, TOKEN]) expect(await all(OWN, own.id, token)).toEqual([403]);
    for (const token of [keys.officer, keys.service])
      expect(await all('/v1/groups/pair/channels', group.id, token)).toEqual([403]);
    for (const [base, id] of [
      [OWN, own.id],
      ['/v1/groups/pair/channels', group.id],
    ] as const)
      expect(await all(base, id, null)).toEqual([401]);
    // Another profile's channel does not exist under one's own path.
    expect((await ask('GET', `/v1/profiles/wind-b/channels/${own.id}`, keys.stranger)).status).toBe(404);
    expect((await ask('DELETE', `${OWN}/${group.id}`)).status).toBe(404);
    expect((await ask('GET', '/v1/groups/none/channels', TOKEN)).status).toBe(404);
    for (const [method, path, body] of routes(OWN, own.id))
      expect((await ask(method, path, keys.reading, body)).status).toBe(method === 'GET' ? 200 : 403);
    expect(await query('SELECT * FROM recipient ORDER BY id')).toEqual(before);
  });
});
