import { DataSource } from 'typeorm';
import { load, type CheerioAPI } from 'cheerio';
import { aCall, deadline, inDays } from '../../support/matching/calls.js';
import { SearchHits } from '../../../src/notifications/search-hits.js';
import type { FollowEntity } from '../../../src/notifications/store/notification.entity.js';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { api } from '../../support/app.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const LIFE = { code: '43252405', name: 'LIFE' };
const DEFENCE = aCall('EDF', {
  title: 'Radar',
  deadlines: [deadline(300)],
  programme: { code: '44181033', name: 'European Defence Fund' },
  typesOfAction: ['EDF-LS EDF Development Actions'],
  sections: [
    {
      kind: 'conditions',
      title: '',
      text: 'Model Grant Agreements (MGA): HE MGA. Call-specific instructions.',
    },
  ],
});
const CALLS = [
  DEFENCE,
  aCall('SOON', {
    title: 'Algae for feed',
    deadlines: [deadline(10)],
    sections: [{ kind: 'scope', title: '', text: `${'Farming. '.repeat(40)}We feed <i>algae</i> to fish.` }],
  }),
  aCall('LATER', { title: 'Algae for food <b>', deadlines: [deadline(200)], programme: LIFE }),
  aCall('TWO', {
    title: 'Cut-offs',
    deadlineModel: 'multiple-cut-off',
    deadlines: [deadline(20), deadline(80)],
    typesOfAction: ['HORIZON Research and Innovation Actions'],
  }),
  aCall('OVER', { title: 'Algae of old', deadlines: [deadline(-10)] }),
  ...Array.from({ length: 30 }, (_, i) =>
    aCall(`N${i}`, { title: `Filler ${i}`, deadlines: [deadline(400)] }),
  ),
];

describe('the list of all calls', () => {
  let inbox: InboxTest;
  let coordinator: Somebody;
  beforeAll(async () => {
    inbox = await startInbox([aProfile('wind')], CALLS);
    coordinator = await somebody(inbox.test, { role: 'coordinator' });
  });
  afterAll(() => inbox?.stop());

  const page = (query = '', who: Somebody = inbox.officer): Promise<CheerioAPI> =>
    pageFor(who, `/calls${query}`);
  const titles = ($: CheerioAPI): string[] =>
    $('table.calls th[scope=row] > a')
      .toArray()
      .map((a) => $(a).text());

  it('marks the words found in titles and where the text says them, as text', async () => {
    const $ = await page('?q=algae');
    const marks = $('table.calls mark').toArray();
    expect(marks.map((mark) => $(mark).text()).sort()).toEqual(['Algae', 'Algae', 'Algae', 'algae']);
    expect($('.passage').text()).toMatch(/^… .*We feed <i>algae<\/i> to fish\.$/);
    expect($('table.calls :is(i, b)').length).toBe(0);
    expect((await page(''))('.passage, table.calls mark').length).toBe(0);
  });

  it('says what it searched for where no call has the words', async () => {
    const $ = await page('?q=tribologie');
    expect($('.tried p').first().text()).toBe('No call contains tribologie, tribology.');
    expect((await page('?q=algae'))('.tried').length).toBe(0);
  });

  it('is searched by words, whatever the other filters; the form keeps what was asked for', async () => {
    const $ = await page('?q=algae');
    expect(titles($).sort()).toEqual(['Algae for feed', 'Algae for food <b>', 'Algae of old']);
    expect($('#q').attr('value')).toBe('algae');
    expect(titles(await page('?q=algae&status=open&programme=LIFE'))).toEqual(['Algae for food <b>']);
    expect((await page('?q=algae&status=closed'))('#status option[selected]').attr('value')).toBe('closed');
  });

  it('is narrowed to deadlines between two days, both of which count', async () => {
    const day = (n: number): string =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels' }).format(new Date(inDays(n)));
    expect(titles(await page(`?deadlineAfter=${day(10)}&deadlineBefore=${day(20)}`)).sort()).toEqual([
      'Algae for feed',
      'Cut-offs',
    ]);
    expect(titles(await page(`?deadlineAfter=${day(11)}&deadlineBefore=${day(19)}`))).toEqual([]);
  });

  it('shows the next deadline of several, type of action and budget, and leads to the call', async () => {
    const $ = await page('?q=cut-offs');
    const row = $('table.calls tbody tr').text();
    for (const words of ['20 days left', 'and 1 more', 'RIA', 'not stated', 'HORIZON-TWO'])
      expect(row).toContain(words);
    const to = await inbox.officer.get($('table.calls th a').attr('href')!);
    expect(to.location).toMatch(/^\/institutes\/wind\/calls\//);
  });

  it('counts no days to the deadlines of a withdrawn call', async () => {
    const call = (await page('?q=cut-offs'))('table.calls th a').attr('href')!;
    const own = (await inbox.officer.get(call)).location!;
    const everywhere = ['/calls?q=cut-offs&status=withdrawn', own, `${own}/propose`];
    const database = inbox.test.app.get(DataSource);
    await database.query('UPDATE call SET withdrawn_at = now() WHERE id = $1', [call.split('/').at(-1)]);
    for (const path of everywhere) {
      const $ = await pageFor(inbox.officer, path);
      expect([path, $('main .status-withdrawn').length > 0, $('main .days').length]).toEqual([path, true, 0]);
    }
    await database.query('UPDATE call SET withdrawn_at = NULL');
    for (const path of everywhere)
      expect(
        (await pageFor(inbox.officer, path.replace('&status=withdrawn', '')))('main .days').length,
      ).toBeGreaterThan(0);
  });

  it('names programmes and types of action in the reader’s language, and quotes as it does', async () => {
    const french = await somebody(inbox.test, { role: 'officer', profile: 'wind', language: 'fr' });
    const list = await pageFor(french, '/calls?q=radar');
    expect(list('table.calls tbody tr').text()).toContain('Fonds européen de la défense');
    expect(list('#programme').text()).toContain('Fonds européen de la défense (1)');
    const call = load(
      (await french.get((await french.get(list('table.calls th a').attr('href')!)).location!)).body,
    );
    expect(call('.call-head').text()).toContain('Fonds européen de la défense');
    expect(call('.summary').text()).toContain('EDF-LS actions de développement EDF');
    expect(call('dl.facts').text()).toContain('«\u00a0HE MGA\u00a0»');
    expect(call('q').length).toBe(0);
    expect((await pageFor(inbox.officer, '/calls?q=radar'))('table.calls tbody tr').text()).toContain(
      'European Defence Fund',
    );
  });

  it('says in French on a French page what is wrong with an address', async () => {
    const french = await somebody(inbox.test, { role: 'officer', profile: 'wind', language: 'fr' });
    const { status, body } = await french.get('/institutes/wind/calls/x');
    expect([status, load(body)('main').text()]).toEqual([
      404,
      expect.stringContaining('Cet appel n’existe pas.'),
    ]);
    expect(load(body)('main').text()).not.toContain('Invalid');
  });

  it('goes on page by page with its filters, and back to the first, each call once', async () => {
    const first = await page('?programme=Horizon+Europe');
    const next = first('a[rel=next]').attr('href')!;
    expect(next).toContain('programme=Horizon+Europe');
    const second = await page(next.replace('/calls', ''));
    const all = [...titles(first), ...titles(second)];
    expect([titles(first).length, new Set(all).size, all.length]).toEqual([25, 33, 33]);
    expect(second('.pager a').first().attr('href')).toBe('/calls?programme=Horizon+Europe');
  });

  it('leaves aside what cannot be read in an old address, and says where nothing is found', async () => {
    expect(titles(await page('?status=opened&deadlineAfter=yesterday&q=algae')).length).toBe(3);
    const $ = await page('?q=nothingofthekind');
    expect($('.empty').text()).toContain('No call matches these filters');
    expect((await inbox.officer.get('/calls?cursor=nonsense')).status).toBe(400);
    expect((await inbox.officer.get(`/calls?q=${encodeURIComponent('-'.repeat(400))}`)).status).toBe(200);
  });

  it("shows markup in a title as text, and is the network's as well", async () => {
    const $ = await page('?q=food', coordinator);
    expect($('table.calls b').length).toBe(0);
    expect((await coordinator.get($('table.calls th a').attr('href')!)).status).toBe(200);
    expect($('details.saved').length).toBe(0);
  });

  it('is taken as a file by the filters that it has', async () => {
    const $ = await page('?q=algae&status=open');
    expect(
      $('.downloads a')
        .toArray()
        .map((a) => [$(a).text(), $(a).attr('href')]),
    ).toEqual([
      ['This list as Excel', '/calls.xlsx?q=algae&status=open'],
      ['This list as CSV', '/calls.csv?q=algae&status=open'],
    ]);
    const lines = async (query: string) =>
      (await inbox.officer.get(`/calls.csv${query}`)).body.trimEnd().split('\r\n').length - 1;
    const day = (n: number): string =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels' }).format(new Date(inDays(n)));
    for (const query of ['?q=algae&status=open', `?deadlineAfter=${day(10)}&deadlineBefore=${day(20)}`])
      expect(await lines(query)).toBe(titles(await page(query)).length);
    expect((await page('?q=nothingofthekind'))('.downloads').length).toBe(0);
  });

  it('keeps a search for somebody, and gives it back', async () => {
    const form = (await page('?q=algae&status=open'))('details.saved form.search-line');
    const fields = Object.fromEntries(
      form
        .find('input')
        .toArray()
        .map((i) => [i.attribs['name']!, i.attribs['value'] ?? '']),
    );
    expect((await inbox.officer.post(form.attr('action')!, { ...fields, name: 'Algae, open' })).status).toBe(
      303,
    );
    const saved = (await page())('details.saved .saved-list a');
    expect([saved.text(), saved.attr('href')]).toEqual(['Algae, open', '/calls?q=algae&status=open']);
  });

  it('says of a search at saving to whom it e-mails, how often, and how much that was last month', async () => {
    const form = (await page('?q=algae'))('details.saved form.search-line');
    expect(form.find('.search-mails label').text().trim()).toBe(
      `E-mail its new calls to ${inbox.officer.person.email}, every week`,
    );
    expect(form.find('.search-mails p').text()).toBe('It found 3 new calls in the last 30 days.');
    const save = (fields: Record<string, string>) =>
      inbox.officer.post(form.attr('action')!, { page: 'calls', query: 'q=algae', name: 'Algae', ...fields });
    const follows = async () => {
      const $ = await page();
      return $('.saved-list li')
        .filter((_, li) => $(li).find('a').text() === 'Algae')
        .find('input[name=following]')
        .attr('value');
    };
    await save({ mail: 'yes' });
    expect(await follows()).toBe('no');
    // Saved again under its name, it stays the same search.
    await save({ mail: 'yes' });
    expect(await follows()).toBe('no');
    await save({});
    expect(await follows()).toBe('yes');
  });

  it('leaves one call out of a saved search, on the page and in e-mails, until it is taken back', async () => {
    await inbox.officer.post('/institutes/wind/searches', {
      page: 'calls',
      query: 'q=algae',
      name: 'Algae',
      mail: 'yes',
    });
    const ids = await Promise.all(['Algae for feed', 'Algae of old'].map((title) => inbox.id(title)));
    const send = async ($: CheerioAPI, where: string) => {
      const form = $(where);
      const fields = form.find('input').toArray();
      const { status } = await inbox.officer.post(
        form.attr('action')!,
        Object.fromEntries(fields.map((i) => [i.attribs['name']!, i.attribs['value']!])),
      );
      expect(status).toBe(303);
    };
    const announced = async () => {
      const target = (await page('?q=algae'))('form[action$="/drop"]').attr('action')!.split('/').at(-2)!;
      const follow = { kind: 'search', target } as FollowEntity;
      const hits = await acrossInstitutes('who is told of what', () =>
        inbox.test.app.get(SearchHits).among([follow], ids),
      );
      return [...hits.keys()].sort();
    };
    expect(await announced()).toEqual([...ids].sort());
    await send(await page('?q=algae'), `form[action$="/drop"]:has([value="${ids[0]}"])`);
    const $ = await page('?q=algae');
    expect(titles($).sort()).toEqual(['Algae for food <b>', 'Algae of old']);
    expect($('.dropped-calls a').text()).toBe('Algae for feed');
    expect(await announced()).toEqual([ids[1]]);
    // Other filters are another search.
    expect(titles(await page('?q=feed'))).toContain('Algae for feed');
    await send($, '.dropped-calls form');
    expect(titles(await page('?q=algae')).length).toBe(3);
    expect(await announced()).toEqual([...ids].sort());
  });

  it("is nobody's without a session", async () => {
    const answer = await fetch(new URL('/calls', inbox.test.url), {
      redirect: 'manual',
      headers: { accept: 'text/html' },
    });
    expect([303, 401]).toContain(answer.status);
    expect(await answer.text()).not.toContain('Algae');
  });

  it('are found for a project whose summary is pasted, with what they have in common with it', async () => {
    const form = await pageFor(inbox.officer, '/calls/like');
    expect(form('nav.tabs [aria-current=page]').text()).toBe('For a project');
    const pasted =
      'Algae feed for fish: we grow algae in tanks, dry them, and sell the algae feed to fish farms.';
    const $ = load((await inbox.officer.post('/calls/like', { text: pasted })).body);
    expect($('ol.best h3').first().text()).toBe('Algae for feed');
    expect($('ol.best').text()).toContain('In common: ');
    expect($('ol.best').text()).not.toContain('Algae of old');
    expect($('textarea').text()).toBe(pasted);
    const short = await inbox.officer.post('/calls/like', { text: 'algae' });
    expect([short.status, load(short.body)('#text-error').text()]).toEqual([
      422,
      'Paste a text of at least 20 characters, and of 20,000 at most.',
    ]);
    const { status, body } = await api<{ subjects: string[]; calls: { call: { title: string } }[] }>(
      inbox.test.url,
      '/v1/calls/like',
      { method: 'POST', body: { text: pasted }, token: inbox.token },
    );
    expect([status, body.calls[0]!.call.title]).toEqual([200, 'Algae for feed']);
    expect(body.subjects.join()).toContain('lgae');
  });
});

describe('the list of all calls, for a topic under two identifiers', () => {
  const OF = { code: '1', name: 'Euratom' };
  const isotopes = (reference: string, title = 'Isotopes for medicine') =>
    aCall(reference, { title, programme: OF });
  /** The newer of two editions closes a year later. */
  const edition = (year: number, days: number) =>
    aCall(`${year}-02`, { title: `Doctoral networks ${year}`, deadlines: [deadline(days)] });
  const cascade = (reference: string) =>
    aCall(reference, { kind: 'cascade', title: 'Open call for small firms', programme: OF });
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox(
      [aProfile('wind')],
      [
        isotopes('LS-2026-01'),
        ...Array.from({ length: 28 }, (_, i) => aCall(`N${i}`, { title: `Filler ${i}`, programme: OF })),
        cascade('ONE'),
        cascade('TWO'),
        isotopes('2026-01', 'Isotopes for Medicine'),
        aCall('ELSEWHERE', { title: 'Isotopes for medicine', programme: LIFE }),
        edition(2026, 30),
        edition(2027, 395),
      ],
    );
  });
  afterAll(() => inbox?.stop());
  const texts = ($: CheerioAPI, of: string): string[] =>
    $(of)
      .toArray()
      .map((one) => $(one).text());

  it('has one row, which names the other and holds it, however many pages it would be away', async () => {
    const first = await pageFor(inbox.officer, '/calls?programme=Euratom');
    const second = await pageFor(inbox.officer, first('a[rel=next]').attr('href')!);
    const [row] = first('table.calls tbody').toArray();
    const own = (of: string) => first(row!).find(of);
    expect(own('.folds summary').text()).toBe('+ 1: HORIZON-LS-2026-01');
    expect(own('tr').length).toBe(2);
    expect(own('tr.folded').text()).toContain('HORIZON-LS-2026-01');
    // Cascade calls of two projects, and calls that the filter leaves out, are no twins.
    expect(texts(first, '.folds summary')).toHaveLength(1);
    // Each call once, over all pages.
    const links = [first, second].flatMap(($) => texts($, 'table.calls th[scope=row] code'));
    expect([links.length, new Set(links).size]).toEqual([32, 32]);
    expect(first('table.calls tbody').length).toBe(25);
    expect(texts(second, '.folds')).toEqual([]);
    for (const $ of [first, second])
      expect($('.list-head').text()).toContain(
        '32 calls. One of them is folded below another: the same topic.',
      );
  });

  it('has the row of the edition that closes next, where the newest stands', async () => {
    const $ = await pageFor(inbox.officer, '/calls');
    const [row] = $('table.calls tbody').toArray();
    expect(texts($, 'table.calls tbody:first code')).toEqual(['HORIZON-2026-02', 'HORIZON-2027-02']);
    expect($(row!).find('.folds summary').text()).toBe('+ 1: HORIZON-2027-02');
  });

  it('has one row in a search, too, and each call its own in the API, in Excel and in a saved search', async () => {
    const $ = await pageFor(inbox.officer, '/calls?q=isotopes');
    expect(texts($, '.folds summary')).toEqual([expect.stringMatching(/^\+ 2: /)]);
    expect(texts($, '.folded mark')).toEqual(['Isotopes', 'Isotopes']);
    expect($('.list-head').text()).toContain('3 calls. 2 of them are folded below others: the same topics.');
    const { body } = await api<{ total: number; items: { identifier: string }[] }>(
      inbox.test.url,
      '/v1/calls?q=isotopes',
      { token: inbox.token },
    );
    expect([body.total, body.items.length]).toEqual([3, 3]);
    const sheet = (await inbox.officer.get('/calls.csv?programme=Euratom')).body;
    for (const one of ['HORIZON-2026-01', 'HORIZON-LS-2026-01']) expect(sheet).toContain(one);
  });
});

describe('what happened to calls', () => {
  let inbox: InboxTest;
  const wind = aCall('WIND', {
    title: 'Offshore wind turbines',
    sections: [{ kind: 'scope', title: 'Scope', text: 'A wind turbine, and a wind turbine.' }],
  });
  const other = aCall('FISH', { title: 'Fish' });
  beforeAll(async () => {
    inbox = await startInbox(
      [aProfile('wind')],
      [wind, other, ...Array.from({ length: 20 }, (_, i) => aCall(`N${i}`))],
    );
    const later = (reference: string, told: object) =>
      aCall(reference, { deadlines: [deadline(90)], ...told });
    await inbox.store([
      later('WIND', { title: wind.title, sections: wind.sections }),
      later('FISH', { title: 'Fish <i>' }),
      ...Array.from({ length: 20 }, (_, i) => aCall(`N${i}`)),
    ]);
  });
  afterAll(() => inbox?.stop());

  const shown = async (query = ''): Promise<string[][]> => {
    const { status, body } = await inbox.officer.get(`/changes${query}`);
    expect(status).toBe(200);
    const $ = load(body);
    expect($('main i').length).toBe(0);
    return $('.happened')
      .toArray()
      .map((li) => [$(li).find('.badge.changed').text(), $(li).find('p a').text()]);
  };

  it('is taken as a file by the filters that it has', async () => {
    const $ = load((await inbox.officer.get('/changes?kind=extended&show=mine')).body);
    const [xlsx, csv] = $('.downloads a')
      .toArray()
      .map((a) => $(a).attr('href')!);
    expect([xlsx, csv]).toEqual([
      '/changes.xlsx?kind=extended&show=mine',
      '/changes.csv?kind=extended&show=mine',
    ]);
    const { body } = await inbox.officer.get(csv!);
    expect([body.includes('Offshore wind turbines'), body.includes('Fish')]).toEqual([true, false]);
  });

  it("is told newest first, by kind, since a day, or of what fits one's own institute alone", async () => {
    expect((await shown()).filter(([kind]) => kind !== 'new').sort()).toEqual([
      ['deadline extended', 'Fish <i>'],
      ['deadline extended', 'Offshore wind turbines'],
      ['text', 'Fish <i>'],
    ]);
    expect(await shown('?kind=text')).toEqual([['text', 'Fish <i>']]);
    expect(await shown('?kind=extended&show=mine')).toEqual([
      ['deadline extended', 'Offshore wind turbines'],
    ]);
    expect(await shown(`?since=${inDays(3).slice(0, 10)}`)).toEqual([]);
    expect((await shown('?kind=nonsense')).length).toBeGreaterThan(2);
  });
});
