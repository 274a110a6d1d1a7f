import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { serviceKey, somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

interface Listed {
  items: { id: string; author: string; text: string; own: boolean; name: string; query: string }[];
  next: string | null;
  total: number;
}

describe('what people keep for themselves', () => {
  let inbox: InboxTest;
  let call: string;
  beforeAll(async () => {
    inbox = await startInbox(
      [aProfile('wind'), aProfile('sister')],
      [aCall('A', { title: 'Call A' }), aCall('B', { title: 'Call B' })],
    );
    call = await inbox.id('Call A');
  });
  afterAll(() => inbox?.stop());

  const ask = (
    method: string,
    path: string,
    { token = inbox.token, body }: { token?: string; body?: unknown } = {},
  ) =>
    api<Listed & { id: string; status: number; errors: { path: string }[] }>(
      inbox.test.url,
      `/v1/profiles/wind/${path}`,
      { method, token, ...(body !== undefined && { body }) },
    );
  const keyOf = async (role: 'officer' | 'reader', profile: string, scope: 'read' | 'write' = 'write') =>
    (await somebody(inbox.test, { role, profile, name: `${role} of ${profile}` })).key(scope);

  it('are notes on a call, newest first, each with its author, who alone takes it away', async () => {
    const other = await keyOf('officer', 'wind');
    const first = (await ask('POST', `calls/${call}/notes`, { body: { text: '  Ask Ada first. \n' } })).body;
    const second = (
      await ask('POST', `calls/${call}/notes`, { token: other, body: { text: 'Ada says yes.' } })
    ).body;
    const { body } = await ask('GET', `calls/${call}/notes`);
    expect(body.items).toEqual([
      expect.objectContaining({ text: 'Ada says yes.', author: 'officer of wind', own: false }),
      expect.objectContaining({ text: 'Ask Ada first.', author: 'Olga Officer', own: true }),
    ]);
    expect((await ask('GET', `calls/${call}/notes?limit=1`)).body).toMatchObject({
      total: 2,
      items: [{ id: second.id }],
    });
    const { next } = (await ask('GET', `calls/${call}/notes?limit=1`)).body;
    expect((await ask('GET', `calls/${call}/notes?limit=1&cursor=${next}`)).body).toMatchObject({
      items: [{ id: first.id }],
      next: null,
    });
    expect((await ask('DELETE', `calls/${call}/notes/${second.id}`)).status).toBe(403);
    expect((await ask('DELETE', `calls/${await inbox.id('Call B')}/notes/${first.id}`)).status).toBe(404);
    expect((await ask('DELETE', `calls/${call}/notes/${first.id}`)).status).toBe(200);
    expect((await ask('DELETE', `calls/${call}/notes/${first.id}`)).status).toBe(404);
    expect((await ask('GET', `calls/${call}/notes`)).body.total).toBe(1);
  });

  it('are notes whose lines end with one letter, however they were sent: that many are counted and kept', async () => {
    const { body } = await ask('POST', `calls/${await inbox.id('Call B')}/notes`, {
      body: { text: 'a\r\n'.repeat(1_500) },
    });
    expect(body).toMatchObject({ text: 'a\n'.repeat(1_500).trim() });
  });

  it('never leave the institute; a reader reads them', async () => {
    const reader = await keyOf('reader', 'wind');
    expect((await ask('GET', `calls/${call}/notes`, { token: reader })).status).toBe(200);
    expect((await ask('POST', `calls/${call}/notes`, { token: reader, body: { text: 'x' } })).status).toBe(
      403,
    );
    for (const token of [
      await keyOf('officer', 'sister'),
      await (await somebody(inbox.test, { role: 'coordinator' })).key('write'),
      await serviceKey(inbox.test, 'write', 'sister'),
    ]) {
      expect((await ask('GET', `calls/${call}/notes`, { token })).status).toBe(403);
      expect((await ask('POST', `calls/${call}/notes`, { token, body: { text: 'x' } })).status).toBe(403);
    }
  });

  it('say which field of a note is wrong', async () => {
    for (const body of [{ text: '   ' }, { text: 'x'.repeat(4001) }, {}])
      expect((await ask('POST', `calls/${call}/notes`, { body })).body).toMatchObject({
        status: 400,
        errors: [{ path: 'text' }],
      });
    expect(
      (await ask('POST', 'calls/00000000-0000-4000-8000-000000000000/notes', { body: { text: 'x' } })).status,
    ).toBe(404);
  });

  it('are searches, by name, without what belongs to one visit; of one name the last stays', async () => {
    const kept = (
      await ask('POST', 'searches', {
        body: {
          name: 'Soon and large',
          page: 'inbox',
          query: '?days=30&cursor=abc&budgetMin=2000000&decided=x&lang=fr',
        },
      })
    ).body;
    expect(kept).toMatchObject({ name: 'Soon and large', query: 'days=30&budgetMin=2000000' });
    await ask('POST', 'searches', { body: { name: 'Soon and large', page: 'inbox', query: 'days=60' } });
    await ask('POST', 'searches', { body: { name: 'All', page: 'calls', query: '' } });
    expect((await ask('GET', 'searches?page=inbox')).body).toMatchObject({
      total: 1,
      items: [{ id: kept.id, name: 'Soon and large', query: 'days=60' }],
    });
    expect((await ask('GET', 'searches')).body.items.map((s) => s.name)).toEqual(['All', 'Soon and large']);
  });

  it("are one person's own: no colleague lists or removes them, and a service has none", async () => {
    const { items } = (await ask('GET', 'searches')).body;
    const colleague = await keyOf('officer', 'wind');
    expect((await ask('GET', 'searches', { token: colleague })).body.total).toBe(0);
    expect((await ask('DELETE', `searches/${items[0]!.id}`, { token: colleague })).status).toBe(404);
    for (const token of [await serviceKey(inbox.test, 'write', 'wind'), await keyOf('officer', 'sister')])
      expect((await ask('GET', 'searches', { token })).status).toBe(403);
    expect((await ask('DELETE', `searches/${items[0]!.id}`)).body).toEqual({ id: items[0]!.id });
    expect((await ask('GET', 'searches')).body.total).toBe(items.length - 1);
  });

  it('are searches that leave single calls out, until they are taken back', async () => {
    const search = { name: 'Wind', page: 'calls', query: 'q=wind' };
    const { id } = (await ask('POST', 'searches', { body: search })).body;
    const dropped = (method: string, callId: string, token = inbox.token) =>
      ask(method, `searches/${id}/dropped/${callId}`, { token });
    const other = await inbox.id('Call B');
    expect((await dropped('PUT', call)).body).toMatchObject({ id, query: 'q=wind', dropped: [call] });
    expect((await dropped('PUT', other)).body).toMatchObject({ dropped: [call, other] });
    expect((await dropped('PUT', call)).body).toMatchObject({ dropped: [other, call] });
    expect((await dropped('DELETE', other)).body).toMatchObject({ id, dropped: [call] });
    expect((await dropped('DELETE', other)).body).toMatchObject({ dropped: [call] });
    // Saved again as it was, it still leaves them out; with other filters it is another search.
    expect((await ask('POST', 'searches', { body: search })).body).toMatchObject({ id, dropped: [call] });
    expect((await ask('POST', 'searches', { body: { ...search, query: 'q=sun' } })).body).toMatchObject({
      id,
      dropped: [],
    });
  });

  it('leave out only calls that exist, and nobody else changes what a search leaves out', async () => {
    const { id } = (await ask('POST', 'searches', { body: { name: 'Mine', page: 'calls', query: 'q=a' } }))
      .body;
    const drop = (token: string, callId: string, search = id) =>
      ask('PUT', `searches/${search}/dropped/${callId}`, { token });
    const nowhere = '00000000-0000-4000-8000-000000000000';
    expect((await drop(inbox.token, nowhere)).body).toMatchObject({
      status: 404,
      code: 'no-call',
    });
    expect((await drop(inbox.token, call, nowhere)).body).toMatchObject({ status: 404 });
    expect((await drop(inbox.token, 'x')).body).toMatchObject({ status: 400, errors: [{ path: 'call' }] });
    expect((await drop(await keyOf('officer', 'wind'), call)).status).toBe(404);
    for (const token of [
      await keyOf('reader', 'wind'),
      await keyOf('officer', 'sister'),
      await serviceKey(inbox.test, 'write', 'wind'),
    ]) {
      expect((await drop(token, call)).status).toBe(403);
      expect((await ask('DELETE', `searches/${id}/dropped/${call}`, { token })).status).toBe(403);
    }
    const { items } = (await ask('GET', 'searches')).body;
    expect(items.find((one) => one.id === id)).toMatchObject({ dropped: [] });
  });

  it('are searches, and links to lists, of a competence that goes on under another name', async () => {
    const query = 'days=365&competence=Wind+energy&budgetMin=1';
    const { id } = (await ask('POST', 'searches', { body: { name: 'Ours', page: 'inbox', query } })).body;
    const of = '/v1/profiles/wind';
    const asked = { token: inbox.officer };
    const feed = { name: 'Ours', competence: 'Wind energy' };
    await api(inbox.test.url, `${of}/feeds`, { ...asked, method: 'POST', body: feed });
    const { body: profile } = await api<any>(inbox.test.url, of, asked);
    const rename = async (label: string) => {
      const competences = [{ ...profile.competences[0], label }];
      const body = { ...profile, competences };
      expect((await api(inbox.test.url, of, { ...asked, method: 'PUT', body })).status).toBe(200);
      const search = (await ask('GET', 'searches')).body.items.find((one) => one.id === id);
      const { items } = (await api<Listed>(inbox.test.url, `${of}/feeds`, asked)).body;
      return [search!.query, items[0]!.query];
    };
    expect(await rename('Vent & énergie')).toEqual([
      'days=365&competence=Vent+%26+%C3%A9nergie&budgetMin=1',
      'state=all&competence=Vent+%26+%C3%A9nergie',
    ]);
    expect(await rename('Wind energy')).toEqual([query, 'state=all&competence=Wind+energy']);
  });

  it('are at most fifty searches', async () => {
    const token = await keyOf('officer', 'wind');
    const keep = (i: number) =>
      ask('POST', 'searches', { token, body: { name: `S${i}`, page: 'inbox', query: `days=${i}` } });
    const all = [];
    for (let i = 1; i <= 51; i++) all.push((await keep(i)).status);
    expect(all).toEqual([...Array.from({ length: 50 }, () => 200), 409]);
    // An existing one can still be replaced.
    expect((await keep(50)).status).toBe(200);
  });
});
