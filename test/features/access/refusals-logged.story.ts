import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { api, startApp, type TestApp } from '../../support/app.js';
import { Browser, serviceKey, somebody } from '../../support/access/people.js';

describe('what is refused to somebody', () => {
  let server: TestApp;
  let warned: jest.SpyInstance;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
  });
  beforeEach(() => {
    warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server?.stop());
  const said = (): string[] => warned.mock.calls.map(([line]) => String(line));

  it('is said in the log, with who asked by their id and never by their name', async () => {
    const officer = await somebody(server, { role: 'officer', profile: 'leti', name: 'Olga Petrova' });
    expect((await officer.get('/v1/profiles/3bcar/people')).status).toBe(403);
    const { id } = officer.person;
    expect(said()).toEqual([
      `GET /v1/profiles/3bcar/people by person/${id}: This belongs to another institute.`,
    ]);
    const key = await serviceKey(server, 'read', 'leti');
    expect((await api(server.url, '/v1/profiles/leti/people', { token: key })).status).toBe(200);
    expect(said()).toHaveLength(1);
    expect((await api(server.url, '/v1/keys', { token: key })).status).toBe(403);
    const [{ id: keyId }] = await server.app
      .get(DataSource)
      .query(`SELECT id FROM api_key WHERE profile_id = 'leti' AND maker_id IS NULL`);
    expect(said().at(-1)).toBe(`GET /v1/keys by key/${keyId}: Only the network's coordinators can do this.`);
  });

  it('is said of a form that another site sends, and holds no link that lets in', async () => {
    const stranger = new Browser(server.url);
    const headers = { 'sec-fetch-site': 'cross-site' };
    const answer = await stranger.request('/sign-in/a-secret-of-somebody', { method: 'POST', headers });
    expect(answer.status).toBe(403);
    expect(said()).toEqual(['POST /sign-in/… by nobody: it comes from another site']);
  });

  it('is said of a limit that is reached, by its name alone', async () => {
    const ask = () => new Browser(server.url).post('/sign-in', { email: 'somebody@leti.test' });
    for (let i = 0; i < 5; i += 1) await ask();
    expect(said()).toEqual([]);
    await ask();
    expect(said()).toEqual(['rate limit reached: sign-in links to an address']);
  });
});
