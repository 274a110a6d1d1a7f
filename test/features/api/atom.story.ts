import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { atom, parts, type XmlElement } from '../../support/atom.js';
import { api, type Caller } from '../../support/app.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aCall, inDays } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { get, WIND } from '../../support/institutes/sheets.js';
import { aProfile } from '../../support/matching/profiles.js';

const HOSTILE = `]]><script>alert("wind")</script> & <b>wind</b>\u0008`;
const calls = (told: Parameters<typeof aCall>[1] = {}) =>
  ['one', 'two', 'three'].map((name, i) =>
    aCall(`W${i + 1}`, {
      ...told,
      title: `Wind ${name}`,
      identifier: `HORIZON-W${i + 1}-2027-01`,
      sections: WIND,
      url: `https://portal.example.org/w${i + 1}`,
    }),
  );

describe('an Atom feed by a secret address', () => {
  let world: InboxTest;
  let other: Somebody;
  beforeAll(async () => {
    world = await startInbox(
      [
        aProfile('wind-a'),
        aProfile('steel', {
          competences: [
            { label: 'Steel', description: '', keywords: ['blast furnace'], exclusions: [], weight: 1 },
          ],
        }),
      ],
      [...calls(), aCall('H', { title: HOSTILE, identifier: 'HORIZON-H-2027-01', sections: WIND })],
    );
    other = await somebody(world.test, { role: 'officer', profile: 'steel' });
  });
  afterAll(() => world?.stop());

  const make = (body: object, token: Caller = world.officer, profile = 'wind-a') =>
    api<{ id: string; addresses: Record<string, string>; errors: { path: string }[] }>(
      world.test.url,
      `/v1/profiles/${profile}/feeds`,
      { method: 'POST', token, body: { name: 'News', language: 'en', ...body } },
    );
  const read = (address: string, headers: Record<string, string> = {}) =>
    get(world.test.url, new URL(address).pathname, headers);
  const feedAt = async (address: string) => {
    const response = await read(address);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/atom+xml; charset=utf-8',
    ]);
    return atom(await response.text());
  };
  const shown = (entry: XmlElement, name: string): string =>
    load(parts(entry, name)[0]!.text, null, false).root().text();
  const titles = (entries: XmlElement[]) => entries.map((entry) => shown(entry, 'title')).sort();
  const search = async (body: object, owner: Somebody = world.officer): Promise<string> =>
    (await api(world.test.url, `/v1/profiles/wind-a/searches`, { method: 'POST', token: owner, body })).body
      .id;

  it('has the matches of an institute, with why each fits, its deadline and its pages', async () => {
    const { addresses } = (await make({})).body;
    expect(addresses['atom']).toMatch(/\/feeds\/[\w-]{43}\.atom$/);
    const { feed, entries } = await feedAt(addresses['atom']!);
    expect(parts(feed, 'title')[0]!.text).toBe('News');
    expect(entries).toHaveLength(4);
    const one = entries.find((entry) => shown(entry, 'title') === 'Wind one')!;
    const page = `/institutes/wind-a/calls/${await world.id('Wind one')}`;
    expect(parts(one, 'link')[0]!.attributes['href']).toMatch(new RegExp(`^https?://[^/]+${page}$`));
    const content = shown(one, 'content');
    expect(content).toContain('wind turbine');
    expect(content).toContain('Deadline: ');
    expect(parts(one, 'content')[0]!.text).toContain('href="https://portal.example.org/w1"');
  });

  it('takes what a call says for text', async () => {
    const { entries } = await feedAt((await make({})).body.addresses['atom']!);
    const hostile = entries.filter((entry) => shown(entry, 'title').includes('alert'));
    expect(hostile.map((entry) => shown(entry, 'title'))).toEqual([
      ']]><script>alert("wind")</script> & <b>wind</b>',
    ]);
    for (const entry of entries)
      for (const part of ['title', 'content'])
        expect(load(parts(entry, part)[0]!.text, null, false)('script, b')).toHaveLength(0);
  });

  it('has what a saved search of its maker finds, and ends with the search', async () => {
    const saved = await search({ name: 'Two', page: 'calls', query: 'q=two' });
    const { addresses } = (await make({ content: 'search', search: saved })).body;
    expect(Object.keys(addresses)).toEqual(['atom']);
    expect(titles((await feedAt(addresses['atom']!)).entries)).toEqual(['Wind two']);
    const inInbox = await search({ name: 'Three', page: 'inbox', query: 'q=three&state=new' });
    const { entries } = await feedAt(
      (await make({ content: 'search', search: inInbox })).body.addresses['atom']!,
    );
    expect(titles(entries)).toEqual(['Wind three']);
    expect(shown(entries[0]!, 'content')).toContain('wind turbine');
    await api(world.test.url, `/v1/profiles/wind-a/searches/${saved}`, {
      method: 'DELETE',
      token: world.officer,
    });
    expect((await read(addresses['atom']!)).status).toBe(404);
  });

  it('does not show the search of another', async () => {
    const saved = await search({ name: 'Mine', page: 'calls', query: 'q=two' });
    const colleague = await somebody(world.test, { role: 'officer', profile: 'wind-a' });
    expect((await make({ content: 'search', search: saved }, colleague)).status).toBe(404);
    expect((await make({ content: 'search', search: saved }, other, 'steel')).status).toBe(404);
  });

  it('has what happened to the calls of an institute, each once', async () => {
    const { addresses } = (await make({ content: 'changes' })).body;
    await world.store(calls({ deadlines: [{ at: '2031-03-03T16:00:00.000Z', timeTold: true }] }));
    const { entries } = await feedAt(addresses['atom']!);
    const ofOne = entries.filter((entry) => shown(entry, 'title') === 'Wind one');
    expect(ofOne.map((entry) => shown(entry, 'content')).join(' ')).toContain('3 March 2031');
    const elsewhere = (await make({ content: 'changes' }, other, 'steel')).body.addresses['atom']!;
    expect((await feedAt(elsewhere)).entries).toEqual([]);
  });

  it('says of a draft that it is not yet adopted, among finds and among changes', async () => {
    const draft = (told: object = {}) =>
      aCall('D', {
        title: 'Wind to come',
        identifier: 'HORIZON-D-2027-01',
        sections: WIND,
        sourceStatus: 'draft',
        draft: { reference: 'D113042', version: 2, day: '2026-05-28' },
        ...told,
      });
    await world.store([draft()]);
    await world.store([draft({ deadlines: [{ at: '2031-04-04T16:00:00.000Z', timeTold: true }] })]);
    const saved = await search({ name: 'To come', page: 'calls', query: 'q=come' });
    for (const body of [
      { content: 'search', search: saved },
      { content: 'changes', language: 'en' },
    ]) {
      const { entries } = await feedAt((await make(body)).body.addresses['atom']!);
      const said = entries.filter((entry) => shown(entry, 'title') === 'Wind to come');
      expect(said.length).toBeGreaterThan(0);
      for (const entry of said) expect(shown(entry, 'content')).toContain('version 2; not yet adopted');
    }
  });

  it('says of a call that is not open yet when it opens', async () => {
    const told = { opensAt: '2031-02-03T00:00:00.000Z', deadlines: [{ at: inDays(2_500), timeTold: true }] };
    await world.store([aCall('F', { title: 'Wind later', sections: WIND, ...told })]);
    const { entries } = await feedAt((await make({})).body.addresses['atom']!);
    const said = (title: string) =>
      shown(
        entries.find((entry) => shown(entry, 'title') === title)!,
        'content',
      );
    expect(said('Wind later')).toContain('Opens: 3 February 2031');
    expect(said('Wind one')).not.toContain('Opens');
  });

  it('of another institute shows nothing of this one', async () => {
    const { addresses } = (await make({}, other, 'steel')).body;
    const { feed, entries } = await feedAt(addresses['atom']!);
    expect(entries).toEqual([]);
    expect(feed.text).not.toContain('Wind');
    expect(JSON.stringify(feed)).not.toContain('wind-a');
  });

  it('costs nothing to ask again while nothing changed, behind a compressing proxy too', async () => {
    const { addresses } = (await make({ q: 'wind' })).body;
    for (const address of [addresses['atom']!, addresses['csv']!]) {
      const answer = await read(address);
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      const tag = answer.headers.get('etag')!;
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`])
        expect((await read(address, { 'if-none-match': known })).status).toBe(304);
      expect((await read(address, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it('that was withdrawn, or never was, is not found; one of changes is no table', async () => {
    const { id, addresses } = (await make({ content: 'changes' })).body;
    const secret = addresses['atom']!.split('/').at(-1)!.replace('.atom', '');
    expect((await get(world.test.url, `/feeds/${secret}/matches.csv`)).status).toBe(404);
    expect(
      (
        await api(world.test.url, `/v1/profiles/wind-a/feeds/${id}`, {
          method: 'DELETE',
          token: world.officer,
        })
      ).status,
    ).toBe(200);
    const [gone, never] = [
      await read(addresses['atom']!),
      await get(world.test.url, `/feeds/${'x'.repeat(43)}.atom`),
    ];
    expect([gone.status, never.status]).toEqual([404, 404]);
    expect(await gone.json()).toMatchObject({ detail: ((await never.json()) as { detail: string }).detail });
    const rows = JSON.stringify(await world.test.app.get(DataSource).query('SELECT * FROM feed'));
    expect(rows).not.toContain(secret);
  });

  it('is refused with the field that does not go with what it shows', async () => {
    const paths = async (body: object) => (await make(body)).body.errors.map(({ path }) => path).sort();
    expect(await paths({ content: 'search' })).toEqual(['search']);
    expect(await paths({ search: '00000000-0000-4000-8000-000000000000' })).toEqual(['search']);
    expect(await paths({ content: 'changes', q: 'wind', notes: true })).toEqual(['notes', 'q']);
  });

  it('is made and withdrawn on the page of Excel, where its address is shown once', async () => {
    const saved = await search({ name: 'My <search>', page: 'calls', query: 'q=two' });
    const reader = world.officer;
    const page = load((await reader.get('/institutes/wind-a/sheets')).body);
    expect(page(`#feed-content option[value="${saved}"]`).text()).toBe('My <search>');
    const made = await reader.post('/institutes/wind-a/sheets/feeds', { name: 'Mine', content: saved });
    const address = load(made.body)('#feed-atom').attr('value')!;
    expect(load(made.body)('#feed-csv')).toHaveLength(0);
    expect(titles((await feedAt(address)).entries)).toEqual(['Wind two']);
    const list = load((await reader.get('/institutes/wind-a/sheets')).body);
    const item = list('.feeds li').filter((_, li) => list(li).find('h3').text() === 'Mine');
    expect(item.text()).not.toContain(address.split('/').at(-1));
    expect((await reader.post(item.find('form').attr('action')!, {})).status).toBe(303);
    expect((await read(address)).status).toBe(404);
  });
});
