import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { PersonEntity } from '../../../src/access/store/person.entity.js';
import { api, TOKEN, type Caller } from '../../support/app.js';
import type { InboxTest } from '../../support/institutes/inbox.js';
import { serviceKey, somebody } from '../../support/access/people.js';
import { get, linesOf, startSheets } from '../../support/institutes/sheets.js';

interface Made {
  id: string;
  hint: string;
  addresses: Record<'csv' | 'xlsx' | 'html', string>;
}

describe('secret addresses', () => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startSheets();
    const one = await world.id('Wind one');
    await api(world.test.url, `/v1/profiles/wind-a/calls/${one}/verdict`, {
      method: 'PUT',
      token: world.token,
      body: { verdict: 'relevant' },
    });
    await api(world.test.url, `/v1/profiles/wind-a/calls/${one}/notes`, {
      method: 'POST',
      token: world.token,
      body: { text: 'for us alone' },
    });
  });
  afterAll(() => world?.stop());

  const feeds = (init: object = {}, path = '') =>
    api(world.test.url, `/v1/profiles/wind-a/feeds${path}`, { token: world.officer, ...init });
  const make = async (body: object): Promise<Made> =>
    (await feeds({ method: 'POST', body: { name: 'Director', language: 'en', ...body } })).body;
  /** Reads like Excel: no cookie, no key. */
  const read = (address: string, headers: Record<string, string> = {}) =>
    get(world.test.url, new URL(address).pathname, headers);

  it('give the list to whoever has one, with verdicts, and with notes where they were wanted', async () => {
    const made = await make({});
    expect(made.addresses.csv).toMatch(/\/feeds\/[\w-]{43}\/matches\.csv$/);
    expect(made.addresses.csv).toContain(made.hint);
    const lines = await linesOf(await read(made.addresses.csv));
    expect(lines).toHaveLength(5);
    expect(lines.find((l) => l['Title'] === 'Wind one')).toMatchObject({ Decision: 'Relevant' });
    expect(await linesOf(await read(made.addresses.xlsx))).toHaveLength(5);
    expect(await (await read(made.addresses.csv)).text()).not.toContain('for us alone');
    const noted = await make({ notes: true, state: 'relevant' });
    expect(await linesOf(await read(noted.addresses.csv))).toEqual([
      expect.objectContaining({
        Title: 'Wind one',
        Notes: expect.stringContaining('for us alone') as string,
      }),
    ]);
  });

  it('keep every filter that the inbox has', async () => {
    const titles = async (body: object) =>
      (await linesOf(await read((await make(body)).addresses.csv))).map((l) => l['Title']);
    expect(await titles({ q: 'three', days: 3650, minScore: 1, changed: false })).toEqual(['Wind three']);
    expect(await titles({ changed: true })).toEqual([]);
    expect(await titles({ deadlineBefore: '2020-01-01' })).toEqual([]);
    expect(await titles({ competence: 'nothing' })).toEqual([]);
    expect(
      (await feeds({ method: 'POST', body: { name: 'No', days: 0, typeOfAction: 'XYZ' } })).body.errors
        .map((e: { path: string }) => e.path)
        .sort(),
    ).toEqual(['days', 'typeOfAction']);
  });

  it('give a page with one plain table for "Data from the web"', async () => {
    const $ = load(await (await read((await make({ state: 'relevant' })).addresses.html)).text());
    expect($('table')).toHaveLength(1);
    expect(
      $('thead th')
        .map((_, th) => $(th).text())
        .get()
        .slice(0, 3),
    ).toEqual(['Key', 'Topic identifier', 'Title']);
    expect($('tbody tr')).toHaveLength(1);
    expect($('html').attr('lang')).toBe('en');
  });

  it('cost nothing to ask again while nothing changed', async () => {
    const { addresses } = await make({ state: 'undecided' });
    const first = await read(addresses.xlsx);
    const tag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect((await read(addresses.xlsx, { 'if-none-match': tag })).status).toBe(304);
    const four = await world.id('Wind four');
    await api(world.test.url, `/v1/profiles/wind-a/calls/${four}/verdict`, {
      method: 'PUT',
      token: world.token,
      body: { verdict: 'relevant' },
    });
    expect((await read(addresses.xlsx, { 'if-none-match': tag })).status).toBe(200);
  });

  it('are listed without their secret, with who made them and when they were read', async () => {
    const { addresses, id } = await make({ name: 'Listed' });
    await read(addresses.csv);
    const { body } = await feeds();
    const secret = addresses.csv.split('/')[4]!;
    expect(JSON.stringify(body)).not.toContain(secret);
    expect((body.items as { id: string }[]).find((f) => f.id === id)).toMatchObject({
      name: 'Listed',
      madeBy: 'Olga Officer',
      hint: secret.slice(0, 6),
      lastReadAt: expect.any(String) as string,
    });
    expect(JSON.stringify(await world.test.app.get(DataSource).query('SELECT * FROM feed'))).not.toContain(
      secret,
    );
  });

  it('cease when revoked, and then are as one that never was', async () => {
    const { addresses, id } = await make({});
    const other = await somebody(world.test, { role: 'officer', profile: 'wind-b' });
    expect(
      (await api(world.test.url, `/v1/profiles/wind-b/feeds/${id}`, { method: 'DELETE', token: other }))
        .status,
    ).toBe(404);
    expect((await read(addresses.csv)).status).toBe(200);
    expect((await feeds({ method: 'DELETE' }, `/${id}`)).status).toBe(200);
    expect((await feeds({ method: 'DELETE' }, `/${id}`)).status).toBe(404);
    const [gone, never] = [
      await read(addresses.csv),
      await read(`http://x/feeds/${'x'.repeat(43)}/matches.csv`),
    ];
    expect([gone.status, never.status]).toEqual([404, 404]);
    expect(((await gone.json()) as { detail: string }).detail).toBe(
      ((await never.json()) as { detail: string }).detail,
    );
  });

  it('cease with the part of their maker in the institute', async () => {
    const colleague = await somebody(world.test, { role: 'officer', profile: 'wind-a' });
    const { body } = await api<Made>(world.test.url, '/v1/profiles/wind-a/feeds', {
      method: 'POST',
      token: colleague,
      body: { name: 'Mine' },
    });
    expect((await read(body.addresses.csv)).status).toBe(200);
    await world.test.app
      .get(DataSource)
      .getRepository(PersonEntity)
      .update({ id: colleague.person.id }, { removedAt: new Date() });
    expect((await read(body.addresses.csv)).status).toBe(404);
  });

  it('of one who was removed do not come back with them, and take no place of the twenty', async () => {
    const [stays, leaves] = [
      await somebody(world.test, { role: 'officer', profile: 'wind-b' }),
      await somebody(world.test, { role: 'officer', profile: 'wind-b', email: 'leaves@b.test' }),
    ];
    const makeB = (token: Caller) =>
      api<Made>(world.test.url, '/v1/profiles/wind-b/feeds', { method: 'POST', token, body: { name: 'B' } });
    const made = [];
    for (let i = 0; i < 20; i++) made.push((await makeB(leaves)).body);
    expect((await makeB(stays)).status).toBe(409);
    await api(world.test.url, `/v1/profiles/wind-b/people/${leaves.person.id}`, {
      method: 'DELETE',
      token: stays,
    });
    expect((await makeB(stays)).status).toBe(200);
    const back = await api(world.test.url, '/v1/profiles/wind-b/people', {
      method: 'POST',
      token: stays,
      body: { name: 'L', email: 'leaves@b.test', role: 'officer' },
    });
    expect(back.body.id).toBe(leaves.person.id);
    expect((await read(made[0]!.addresses.csv)).status).toBe(404);
    expect((await api(world.test.url, '/v1/profiles/wind-b/feeds', { token: stays })).body.total).toBe(1);
  });

  it('of one who went elsewhere take no place of the twenty', async () => {
    const [stays, moves] = [
      await somebody(world.test, { role: 'officer', profile: 'wind-b' }),
      await somebody(world.test, { role: 'officer', profile: 'wind-b' }),
    ];
    const status = async (token: Caller) =>
      (await api(world.test.url, '/v1/profiles/wind-b/feeds', { method: 'POST', token, body: { name: 'B' } }))
        .status;
    while ((await status(moves)) === 200);
    await world.test.app
      .get(DataSource)
      .getRepository(PersonEntity)
      .update({ id: moves.person.id }, { profileId: 'wind-a' });
    expect(await status(stays)).toBe(200);
  });

  it('are made by people who may write, at most twenty at once', async () => {
    const reader = await (await somebody(world.test, { role: 'reader', profile: 'wind-a' })).key('read');
    const body = { name: 'No' };
    for (const token of [reader, TOKEN, await serviceKey(world.test, 'write', 'wind-a')])
      expect((await feeds({ method: 'POST', body, token })).status).toBe(403);
    expect((await feeds({ token: reader })).status).toBe(200);
    expect(
      (await feeds({ method: 'POST', body: { name: '', stat: 'x' } })).body.errors
        .map((e: { path: string }) => e.path)
        .sort(),
    ).toEqual(['name', 'stat']);
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++)
      statuses.push((await feeds({ method: 'POST', body: { name: `n${i}` } })).status);
    expect(statuses.at(-1)).toBe(409);
  });
});
