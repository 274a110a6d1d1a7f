import { ProfileSeed } from '../../../src/profiles/profile-seed.js';
import { ProfileRepository } from '../../../src/profiles/store/profile.repository.js';
import { readInstitutes } from '../../../src/app/config/institutes.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const first = aProfile('institute');
const wind = first.competences[0]!;

describe('the versions of a profile', () => {
  let config: ReturnType<typeof configWith>;
  let server: TestApp;
  beforeEach(async () => {
    config = configWith([first, aProfile('other')]);
    server = await startApp({}, { working: false, adjust: on(config.dir) });
  });
  afterEach(async () => {
    await server?.stop();
    config.remove();
  });

  const path = '/v1/profiles/institute';
  const get = async () => (await api(server.url, path)).body;
  const versions = async () => (await api(server.url, `${path}/versions`)).body.items;
  /** Saves with a version, as a client that does not want to overwrite others. */
  async function put(
    change: object,
    ifMatch?: string,
  ): Promise<{ status: number; body: any; tag: string | null }> {
    const body = JSON.stringify({ ...(await get()), ...change });
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      ...(ifMatch && { 'if-match': ifMatch }),
    };
    const response = await fetch(new URL(path, server.url), { method: 'PUT', headers, body });
    return { status: response.status, body: await response.json(), tag: response.headers.get('etag') };
  }

  it('begin with the file, and each edit adds one with the name of who made it', async () => {
    expect(await versions()).toEqual([{ number: 1, origin: 'file', by: null, savedAt: expect.any(String) }]);
    const anne = await somebody(server, { role: 'officer', profile: 'institute', name: 'Anne' });
    const token = await anne.key('write');
    await api(server.url, path, { method: 'PUT', token, body: { ...(await get()), name: 'By Anne' } });
    expect((await versions()).map((x: any) => [x.number, x.origin, x.by])).toEqual([
      [2, 'edit', 'Anne'],
      [1, 'file', null],
    ]);
    expect((await api(server.url, `${path}/versions/1`)).body).toMatchObject({ number: 1, content: first });
    expect((await api(server.url, `${path}/versions/2`)).body.content.name).toBe('By Anne');
    expect(await get()).toMatchObject({ version: 2, name: 'By Anne' });
  });

  it('are not made where nothing was changed, and a changed file makes one', async () => {
    await put({});
    expect(await versions()).toHaveLength(1);
    config.write({ ...first, name: 'Another file' });
    const quiet = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    await server.app
      .get(ProfileSeed)
      .apply(readInstitutes(config.dir))
      .finally(() => quiet.mockRestore());
    expect((await versions()).map((x: any) => x.origin)).toEqual(['file', 'file']);
  });

  it('are brought back by a restore, which is a version itself and is matched again', async () => {
    await put({
      name: 'Second',
      competences: [{ ...wind, keywords: ['tidal stream'] }],
      contacts: [{ name: 'A', email: 'a@example.org' }],
    });
    const { status, body } = await api(server.url, `${path}/versions/1/restore`, { method: 'POST' });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { name: first.name, competences: [wind], contacts: [], version: 3, revision: 3, matched: false },
    });
    expect((await versions()).map((x: any) => x.origin)).toEqual(['restore', 'edit', 'file']);
  });

  it('keep a change of contacts from making the matches anew', async () => {
    const before = await get();
    const preferences = { trl: { min: 3, max: 6 }, typesOfAction: ['RIA'] };
    const { body } = await put({ contacts: [{ name: 'A', email: 'a@example.org' }], preferences });
    expect(body).toMatchObject({
      version: 2,
      revision: before.revision,
      preferences: { trl: { min: 3, max: 6 }, typesOfAction: ['RIA'], programmes: [] },
    });
  });

  it('refuse what was made from an older one, and lose nothing', async () => {
    const [mine, theirs] = [await put({ name: 'First' }), await put({ name: 'Second' })];
    expect(mine.tag).toMatch(/^"2/);
    const stale = await put({ name: 'Third' }, mine.tag!);
    expect(stale).toMatchObject({
      status: 409,
      body: { status: 409, detail: expect.stringContaining('version 3') },
    });
    expect((await get()).name).toBe('Second');
    expect(await put({ name: 'Third' }, theirs.tag!)).toMatchObject({ status: 200 });
    expect(await put({ name: 'Fourth' }, '4')).toMatchObject({ status: 200 });
    expect(await put({ name: 'Fifth' }, 'yesterday')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'If-Match' }] },
    });
    expect(await put({ name: 'Fifth' }, '*')).toMatchObject({ status: 200, body: { version: 6 } });
  });

  it('are confirmed as they were read, or not at all', async () => {
    await put({ name: 'Second' });
    const confirm = async (ifMatch: string) =>
      (
        await fetch(new URL(`${path}/confirm`, server.url), {
          method: 'POST',
          headers: { authorization: `Bearer ${TOKEN}`, 'if-match': ifMatch },
        })
      ).status;
    expect([await confirm('"1"'), (await get()).confirmed]).toEqual([409, false]);
    expect([await confirm('"2"'), (await get()).confirmed]).toEqual([200, true]);
  });

  it('let exactly one of many edits of the same version through', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => put({ name: `Name ${i}` }, '"1"')),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([200, ...Array<number>(11).fill(409)]);
    expect(await versions()).toHaveLength(2);
  });

  it('are confirmed by the institute, once', async () => {
    expect(await get()).toMatchObject({
      confirmed: false,
      toConfirm: expect.arrayContaining([{ point: 'no-contact' }, { point: 'few-competences', count: 1 }]),
    });
    expect((await api(server.url, `${path}/confirm`, { method: 'POST' })).body).toMatchObject({
      confirmed: true,
      toConfirm: [],
      version: 2,
    });
    expect((await api(server.url, `${path}/confirm`, { method: 'POST' })).body).toMatchObject({ version: 2 });
  });

  it('do not say that an unconfirmed institute has no contact where its people get its e-mails', async () => {
    await somebody(server, { role: 'officer', profile: 'institute' });
    const { items } = (await api(server.url, '/v1/profiles')).body;
    const silent = [await get(), ...items].map(({ id, toConfirm }) => [
      id,
      toConfirm.some(({ point }: { point: string }) => point === 'no-contact'),
    ]);
    expect(silent).toEqual([
      ['institute', false],
      ['institute', false],
      ['other', true],
    ]);
  });

  it('begin for a new institute with its first profile, which is made once', async () => {
    const profiles = server.app.get(ProfileRepository);
    expect(
      await profiles.create(
        aProfile('young'),
        { name: 'Carla', personId: null, word: 'network' },
        new Date(),
      ),
    ).toBe(true);
    expect(
      await profiles.create(
        aProfile('young', { name: 'Another' }),
        { name: 'Carla', personId: null, word: 'network' },
        new Date(),
      ),
    ).toBe(false);
    expect((await api(server.url, '/v1/profiles/young/versions')).body.items).toMatchObject([
      { number: 1, origin: 'edit', by: 'Carla' },
    ]);
    expect((await api(server.url, '/v1/profiles/young')).body).toMatchObject({
      name: 'Carnot young',
      file: null,
    });
  });

  it('go in pages', async () => {
    for (const name of ['Second', 'Third', 'Fourth']) await put({ name });
    const { body } = await api(server.url, `${path}/versions?limit=3`);
    expect(body).toMatchObject({ total: 4, items: [{ number: 4 }, { number: 3 }, { number: 2 }] });
    expect((await api(server.url, `${path}/versions?limit=3&cursor=${body.next}`)).body).toMatchObject({
      next: null,
      items: [{ number: 1 }],
    });
  });

  it("are the institute's to see and an officer's to change", async () => {
    const token = await (await somebody(server, { role: 'officer', profile: 'other' })).key('write');
    const reader = await (await somebody(server, { role: 'reader', profile: 'institute' })).key('read');
    for (const at of [`${path}/versions`, `${path}/versions/1`])
      expect((await api(server.url, at, { token })).status).toBe(403);
    for (const at of [`${path}/versions/1/restore`, `${path}/confirm`]) {
      for (const who of [token, reader])
        expect((await api(server.url, at, { method: 'POST', token: who })).status).toBe(403);
    }
    expect((await api(server.url, `${path}/versions`, { token: reader })).status).toBe(200);
    for (const at of [`${path}/versions/9`, '/v1/profiles/nobody/versions', '/v1/profiles/nobody/versions/1'])
      expect((await api(server.url, at)).status).toBe(404);
    for (const at of [`${path}/versions/0`, `${path}/versions/one`, `${path}/versions/99999999999`])
      expect((await api(server.url, at)).status).toBe(400);
    expect(await versions()).toHaveLength(1);
  });
});
