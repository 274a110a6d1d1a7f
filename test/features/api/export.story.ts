import { api, TOKEN } from '../../support/app.js';
import type { InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { bearer, get, linesOf, startSheets, XLSX } from '../../support/institutes/sheets.js';

describe('tables to take away', () => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startSheets();
    const [one, two] = [await world.id('Wind one'), await world.id('Wind two')];
    await decide(one, { verdict: 'relevant' });
    await decide(two, { verdict: 'not', reason: 'trl' });
    await api(world.test.url, `/v1/profiles/wind-a/calls/${one}/notes`, {
      method: 'POST',
      token: world.token,
      body: { text: '=cmd|calc' },
    });
  });
  afterAll(() => world?.stop());

  const decide = async (call: string, body: object): Promise<void> => {
    const { status } = await api(world.test.url, `/v1/profiles/wind-a/calls/${call}/verdict`, {
      method: 'PUT',
      token: world.token,
      body,
    });
    if (status >= 300) throw new Error(`deciding: ${status}`);
  };
  const take = (path: string, token = world.token): Promise<Response> =>
    get(world.test.url, path, bearer(token));

  it("has the institute's list with what it decided, as XLSX and as CSV alike", async () => {
    const xlsx = await take('/v1/profiles/wind-a/export/matches.xlsx?language=en');
    expect([xlsx.status, xlsx.headers.get('content-type'), xlsx.headers.get('x-total-count')]).toEqual([
      200,
      XLSX,
      '5',
    ]);
    expect(xlsx.headers.get('content-disposition')).toMatch(
      /^attachment; filename="?wind-a-calls-\d{4}-\d\d-\d\d\.xlsx"?$/,
    );
    const lines = await linesOf(xlsx);
    expect(lines.map((l) => l['Title']).sort()).toEqual([
      'Wind five',
      'Wind four',
      'Wind one',
      'Wind three',
      'Wind two',
    ]);
    const [one, two] = ['Wind one', 'Wind two'].map((title) => lines.find((l) => l['Title'] === title)!);
    expect(one).toMatchObject({
      'Topic identifier': 'HORIZON-W1-2027-01',
      Decision: 'Relevant',
      Reason: '',
      'Decided by': 'Olga Officer',
      New: 'false',
      Key: await world.id('Wind one'),
    });
    expect(one!['Notes']).toContain('Olga Officer: =cmd|calc');
    expect(two).toMatchObject({ Decision: 'Not for us', Reason: 'TRL' });
    const csv = await take('/v1/profiles/wind-a/export/matches.csv?language=en');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    // A workbook writes true, a CSV file TRUE.
    expect((await linesOf(csv)).map((l) => l['Key'])).toEqual(lines.map((l) => l['Key']));
  });

  it('narrows it by state, and speaks the language that is asked for', async () => {
    const lines = await linesOf(await take('/v1/profiles/wind-a/export/matches.csv?state=not&language=fr'));
    expect(lines.map((l) => [l['Titre'], l['Décision'], l['Motif']])).toEqual([
      ['Wind two', 'Non retenu', 'TRL'],
    ]);
    const wrong = await take('/v1/profiles/wind-a/export/matches.csv?stat=not');
    expect([wrong.status, ((await wrong.json()) as { errors: { path: string }[] }).errors[0]!.path]).toEqual([
      400,
      'stat',
    ]);
    expect((await take('/v1/profiles/wind-a/export/matches.pdf')).status).toBe(400);
  });

  it('narrows it by every filter that the inbox has, days in Brussels included', async () => {
    const named = async (query: string) =>
      (await linesOf(await take(`/v1/profiles/wind-a/export/matches.csv?language=en&${query}`))).map(
        (l) => l['Title'],
      );
    expect(await named('q=three')).toEqual(['Wind three']);
    expect(await named('competence=nothing')).toEqual([]);
    expect(await named('days=3650&typeOfAction=CSA')).toEqual([]);
    expect(await named('programme=Horizon+Europe&minScore=1&changed=false')).toHaveLength(5);
    expect(await named('deadlineBefore=2020-01-01')).toEqual([]);
    expect((await take('/v1/profiles/wind-a/export/matches.csv?deadlineBefore=soon')).status).toBe(400);
  });

  it('gives the network the matches without what was decided, and another institute nothing', async () => {
    const [line] = await linesOf(
      await take('/v1/profiles/wind-a/export/matches.csv?state=relevant&language=en', TOKEN),
    );
    expect(Object.keys(line!)).not.toEqual(expect.arrayContaining(['Décision']));
    expect(
      await (await take('/v1/profiles/wind-a/export/matches.csv?state=relevant&language=en', TOKEN)).text(),
    ).not.toContain('Olga');
    // The filter itself would reveal the decisions.
    expect(
      await linesOf(await take('/v1/profiles/wind-a/export/matches.csv?state=relevant', TOKEN)),
    ).toHaveLength(5);
    const other = await (await somebody(world.test, { role: 'officer', profile: 'wind-b' })).key('read');
    expect((await take('/v1/profiles/wind-a/export/matches.csv', other)).status).toBe(403);
    expect((await take('/v1/profiles/wind-a/export/proposals.csv', TOKEN)).status).toBe(403);
    expect((await take('/v1/profiles/wind-a/export/proposals.csv')).status).toBe(200);
  });

  it('has all calls and what happened to them, by the filters of their lists', async () => {
    const calls = await linesOf(await take('/v1/export/calls.xlsx?q=wind&language=en'));
    expect(calls).toHaveLength(5);
    expect(calls[0]).toMatchObject({
      Status: 'Open',
      'Page of the source': expect.stringContaining('https://portal.example.org/w') as string,
    });
    expect(await linesOf(await take('/v1/export/calls.csv?q=nothing-of-this&language=en'))).toEqual([]);
    expect((await take('/v1/export/changes.csv?since=2020-01-01')).status).toBe(200);
  });

  it("gives the pages' lists by the filters in their address, in the language of the page", async () => {
    const page = (path: string) =>
      get(world.test.url, path, { cookie: world.officer.cookie, 'sec-fetch-site': 'same-origin' });
    expect(
      (await linesOf(await page('/institutes/wind-a/inbox.csv?state=relevant'))).map((l) => l['Title']),
    ).toEqual(['Wind one']);
    expect(await linesOf(await page('/institutes/wind-a/inbox.xlsx?state=all&q=nothing'))).toEqual([]);
    expect(await linesOf(await page('/calls.csv?status=open'))).toHaveLength(5);
    expect((await page('/changes.xlsx?days=30')).status).toBe(200);
    expect(await linesOf(await page('/changes.csv?kind=text&days=30'))).toEqual([]);
    expect((await page('/institutes/wind-b/inbox.csv')).status).toBe(403);
  });
});
