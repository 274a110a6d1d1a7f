import { load } from 'cheerio';
import { readdirSync } from 'node:fs';
import { api, startApp, type TestApp } from '../../support/app.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const ids = readdirSync('config/institutes').map((file) => file.replace(/\.yaml$/, ''));

describe('the form of a shipped profile', () => {
  let server: TestApp;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    coordinator = await somebody(server, { role: 'coordinator' });
  });
  afterAll(() => server?.stop());

  it.each(ids)('changes nothing where it is saved as it stands: %s', async (id) => {
    const path = `/institutes/${id}/profile`;
    const before = (await api(server.url, `/v1/profiles/${id}`)).body;
    // Like browsers, send each line break as CRLF.
    const sent = load((await coordinator.get(path)).body)('#editor').serializeArray();
    const form = Object.fromEntries(
      sent.map(({ name }) => [name, sent.filter((f) => f.name === name).map((f) => f.value)]),
    );
    expect(await coordinator.post(path, { ...form, action: 'save' })).toMatchObject({
      status: 303,
      location: path,
    });
    expect((await api(server.url, `/v1/profiles/${id}`)).body).toEqual(before);
  });

  it('stands beside lists that say that they are empty, and of filters only where there are some', async () => {
    const empty = async (path: string) => load((await coordinator.get(path)).body)('.empty h2').text();
    expect([await empty('/calls'), await empty('/changes')]).toEqual(['No calls yet', 'No changes yet']);
    expect([await empty('/calls?q=wind'), await empty('/changes?kind=text')]).toEqual([
      'No call matches these filters',
      'No changes match these filters',
    ]);
  });

  it('lists nothing to look at where only the word of the institute is missing', async () => {
    const labels = ['Wind', 'Waves', 'Tides', 'Blades', 'Towers', 'Cables'];
    const full = aProfile('brgm', {
      confirmed: false,
      contacts: [{ name: 'Anne', email: 'anne@example.org' }],
      competences: labels.map((label) => ({
        label,
        description: `${label} at sea.`,
        keywords: [`${label} farm`],
        exclusions: [],
        weight: 1,
      })),
    });
    expect((await api(server.url, '/v1/profiles/brgm', { method: 'PUT', body: full })).status).toBe(200);
    const $ = load((await coordinator.get('/institutes/brgm/profile')).body);
    expect([$('#to-confirm h2').text(), $('#to-confirm > p').length, $('#to-confirm ul').length]).toEqual([
      'To be confirmed by the institute',
      1,
      0,
    ]);
    expect($('#to-confirm').text()).not.toContain('look:');
  });
});
