import { load } from 'cheerio';
import { join } from 'node:path';
import { HistoryImport } from '../../src/features/history/history-import.js';
import { readInstitutes } from '../../src/platform/config/institutes.js';
import { api, startApp, TOKEN, type TestApp } from '../support/app.js';
import { CEA, CordisFolder, OWN, SAMPLE } from '../support/cordis.js';
import { somebody } from '../support/people.js';
import { aProfile, configWith, on } from '../support/profiles.js';

const nothing = () => undefined;
const trackRecord = [
  { pic: CEA, projects: ['HYPERION', 'MISSPELT'], rules: [{ city: 'Grenoble', words: ['hydrogen'], from: '2014-01-01' }], all: false, except: ['101050001'] }, { pic: OWN, projects: [], rules: [], all: true, except: [] },
];
const claiming = aProfile('institute', { trackRecord, competences: [{ label: 'Wind', description: '', keywords: ['wind turbine'], exclusions: [], weight: 1 }] });

describe('the track record of an institute', () => {
  const config = configWith([claiming, aProfile('other'), aProfile('shared', { trackRecord: [{ pic: CEA, projects: [], rules: [], all: true, except: [] }] })]);
  const folder = new CordisFolder(SAMPLE);
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false, adjust: on(config.dir) });
    await server.app.get(HistoryImport).run((name) => join(folder.path, name), { waiting: nothing, absent: nothing, begins: nothing, moves: nothing, stores: nothing, ends: nothing });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    config.remove();
    folder.remove();
  });
  const get = (path = '') => api(server.url, `/v1/profiles/institute/track-record${path}`);
  const content = async () => (await api(server.url, '/v1/profiles/institute')).body;

  it('shows what it claims and why, the latest first, what is left, and names that nothing bears', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body).toMatchObject({ next: null, total: 4, unclaimed: 3, unknown: [{ pic: CEA, name: 'MISSPELT' }] });
    expect(body.items.map((i: any) => [i.id, i.why])).toEqual([
      ['101050002', [{ by: 'rule', pic: CEA, rule: 1, found: ['2023-06-01', 'Grenoble', 'hydrogen'] }, { by: 'all', pic: OWN }]], ['700002', [{ by: 'all', pic: OWN }]],
      ['101050003', [{ by: 'all', pic: OWN }]], ['700001', [{ by: 'project', pic: CEA, name: 'HYPERION' }]],
    ]);
    expect(body.items[3]).toEqual({
      id: '700001', acronym: 'HYPERION', title: 'Fuel cells "made to last"; for ships', programme: 'H2020', start: '2016-03-01', end: '2019-02-28', fundingScheme: 'RIA', subjects: ['fuel cells'],
      topics: [{ code: 'FCH-01.2-2015', title: 'Cell and stack components' }], roles: ['coordinator'], participants: 2, why: expect.any(Array),
    });
  });

  it('comes page by page, each project once, also those without a day', async () => {
    const ids: string[] = [];
    for (let path: string | null = '?limit=1', pages = 0; path && pages < 10; pages += 1) {
      const { body }: { body: any } = await get(path);
      ids.push(...body.items.map((i: any) => i.id));
      path = body.next && `?limit=1&cursor=${body.next}`;
    }
    expect(ids).toEqual(['101050002', '700002', '101050003', '700001']);
    const all = (await api(server.url, '/v1/profiles/shared/track-record')).body;
    expect(all.items.at(-1)).toMatchObject({ id: '700003', start: null });
    const rest = await api(server.url, `/v1/profiles/shared/track-record?limit=3`);
    expect((await api(server.url, `/v1/profiles/shared/track-record?cursor=${rest.body.next}`)).body.items).toEqual(all.items.slice(3));
    expect((await get('?cursor=x')).status).toBe(400);
  });

  it('may be claimed by two institutes, and by none', async () => {
    expect((await api(server.url, '/v1/profiles/shared/track-record')).body).toMatchObject({ total: 6, unclaimed: 0, unknown: [] });
    expect((await api(server.url, '/v1/profiles/other/track-record')).body).toEqual({ items: [], next: null, total: 0, unclaimed: 0, unknown: [] });
    expect((await api(server.url, '/v1/profiles/none/track-record')).status).toBe(404);
    expect((await api(server.url, '/v1/profiles/institute/track-record', { token: null })).status).toBe(401);
    const stranger = await somebody(server, { role: 'officer', profile: 'other' });
    expect((await stranger.get('/v1/profiles/institute/track-record')).status).toBe(403);
  });

  it('is kept by the form, which does not show it', async () => {
    const officer = await somebody(server, { role: 'officer', profile: 'institute' });
    const path = '/institutes/institute/profile';
    const fields = Object.fromEntries(load((await officer.get(path)).body)('#editor').serializeArray().map(({ name, value }) => [name, value]));
    expect((await officer.post(path, { ...fields, 'competences.0.keywords': 'wind turbine\r\ntidal stream', action: 'save' })).status).toBe(303);
    expect(await content()).toMatchObject({ version: 2, trackRecord, competences: [{ keywords: ['wind turbine', 'tidal stream'] }] });
    expect((await officer.post(`${path}/preview`, fields)).status).toBe(200);
    const start = { action: 'next', version: '2', name: 'Carnot institute', language: 'en', contact: '', 'competences.0.label': 'Wind', 'competences.0.keywords': 'wind turbine' };
    expect((await officer.post('/institutes/institute/start/profile', start)).status).toBe(303);
    expect(await content()).toMatchObject({ version: 3, trackRecord });
    expect((await officer.post(`${path}/confirm`, { version: '3' })).status).toBe(303);
    expect(await content()).toMatchObject({ version: 4, confirmed: true, trackRecord });
  });

  it('goes out and in as YAML, is matched anew where it changes, and its change is told', async () => {
    const yaml = '/v1/profiles/institute/profile.yaml';
    const put = async (text: string) => {
      const response = await fetch(new URL(yaml, server.url), { method: 'PUT', headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/yaml' }, body: text });
      return { status: response.status, body: (await response.json()) as any };
    };
    const { body: text } = await api<string>(server.url, yaml);
    expect(text).toContain('trackRecord:\n  - pic: "999992401"\n    projects: [HYPERION, MISSPELT]\n');
    const before = await content();
    expect(await put(text)).toMatchObject({ status: 200, body: { version: before.version } });
    expect(await put(text.replace(', MISSPELT', ''))).toMatchObject({ status: 200, body: { version: before.version + 1, revision: before.revision + 1, trackRecord: [{ projects: ['HYPERION'] }, {}] } });
    const said = async (from: string, to: string) => (await put(text.replace(from, to))).body.errors?.map((e: any) => e.message).join();
    expect(await said('"999992401"', '999992401')).toMatch(/^line \d+: must be text, not 999992401\. Mend: Put it in quotes: "999992401"\./);
    expect(await said('all: true', 'all: false')).toMatch(/claims nothing; give projects, rules or "all: true"/);
    expect(await said('city: Grenoble', 'town: Grenoble')).toMatch(/is not a known key/);
    const officer = await somebody(server, { role: 'officer', profile: 'institute', language: 'en' });
    const version = (await officer.get(`/institutes/institute/profile/versions/${before.version}`)).body;
    expect(load(version).text()).toContain('Own projects');
    await api(server.url, `/v1/profiles/institute/versions/${before.version}/restore`, { method: 'POST' });
    expect(await content()).toMatchObject({ trackRecord });
  });

  it('is seeded from a file', () => {
    expect(readInstitutes(config.dir).find((f) => f.profile.id === 'institute')!.profile.trackRecord).toEqual(trackRecord);
  });
});
