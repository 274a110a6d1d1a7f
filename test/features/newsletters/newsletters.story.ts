import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { api } from '../../support/app.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { bearer, WIND } from '../../support/institutes/sheets.js';
import { aCall, deadline, inDays } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';
import { readWord } from '../../../src/platform/documents/word.js';

const HOSTILE = '<script>alert("wind")</script> & more wind';
const PATH = '/institutes/wind-a/newsletters';

describe('the deadlines offered to a newsletter', () => {
  it('are the nearest of all that fits, however well the others fit', async () => {
    const days = Array.from({ length: 70 }, (_, i) => 10 + i);
    const world = await startInbox(
      [aProfile('wind-a')],
      days.map((n) =>
        aCall(`D${n}`, {
          title: `Wind ${n}`,
          sections: WIND,
          deadlines: [deadline(n)],
          identifier: `D-${n}`,
        }),
      ),
    );
    try {
      const made = await world.officer.post(PATH, { list: 'All', title: 'June', language: 'en' });
      const $ = load((await world.officer.get(`${made.location}?from=deadlines`)).body);
      const titles = $('.offers .choice span[lang]').map((_, title) => $(title).text());
      expect(titles.get()).toEqual(days.slice(0, 25).map((n) => `Wind ${n}`));
    } finally {
      await world.stop();
    }
  });
});

describe('a newsletter', () => {
  let world: InboxTest;
  let officer: Somebody;
  const ids: Record<string, string> = {};
  const call = (n: number, title: string, told: Parameters<typeof aCall>[1] = {}) =>
    aCall(`W${n}`, {
      title,
      identifier: `HORIZON-W${n}-2027-01`,
      sections: WIND,
      url: `https://portal.example.org/w${n}`,
      deadlines: [deadline(20 + n)],
      ...told,
    });
  beforeAll(async () => {
    world = await startInbox(
      [aProfile('wind-a'), aProfile('wind-b')],
      [
        ...[call(1, 'Wind one'), call(2, 'Wind two'), call(3, HOSTILE), call(4, 'Wind gone')],
        call(5, 'Wind to come', {
          sourceStatus: 'draft',
          draft: { reference: 'D113042', version: 2, day: '2026-05-28' },
        }),
      ],
    );
    ({ officer } = world);
    await world.test.app
      .get(DataSource)
      .query('UPDATE call SET withdrawn_at = now() WHERE id = $1', [await world.id('Wind gone')]);
    for (const title of ['Wind one', 'Wind two', HOSTILE]) {
      ids[title] = await world.id(title);
      await api(world.test.url, `/v1/profiles/wind-a/calls/${ids[title]}/verdict`, {
        method: 'PUT',
        token: world.token,
        body: { verdict: 'relevant' },
      });
    }
  });
  afterAll(() => world?.stop());

  /** Begins one, and returns its address. */
  async function begin(told: Record<string, string> = {}): Promise<string> {
    const made = await officer.post(PATH, { list: 'Wind people', title: 'June', language: 'en', ...told });
    expect(made.status).toBe(303);
    return made.location!;
  }
  const shown = async (path: string) => load((await officer.get(path)).body);
  /** What the form of its page would send. */
  async function form(path: string): Promise<Record<string, string | string[]>> {
    const $ = await shown(path);
    const sent: Record<string, string | string[]> = { call: [] };
    for (const element of $('form.card :input[name], form.card textarea, form.card select').get()) {
      const name = $(element).attr('name')!;
      if ($(element).attr('type') === 'checkbox') continue;
      if (name === 'call') (sent['call'] as string[]).push($(element).attr('value')!);
      else sent[name] = element.tagName === 'textarea' ? $(element).text() : String($(element).val() ?? '');
    }
    return sent;
  }
  const save = async (path: string, changed: Record<string, string | string[]>) =>
    officer.post(path, { ...(await form(path)), ...changed });
  const text = async (path: string): Promise<string> => (await officer.get(`${path}/newsletter.txt`)).body;

  it('is picked from the inbox, ordered, and has a line for each call', async () => {
    const path = await begin();
    const offered = (await shown(path))('input[name=add]')
      .map((_, box) => box.attribs['value'])
      .get();
    expect(offered.sort()).toEqual(Object.values(ids).sort());
    expect((await save(path, { add: [ids['Wind one']!, ids['Wind two']!] })).status).toBe(303);
    await save(path, {
      intro: 'Dear all,\r\n\r\nthis month:',
      [`line-${ids['Wind one']}`]: 'Ask Paul before July.',
      [`place-${ids['Wind one']}`]: '2',
      [`place-${ids['Wind two']}`]: '1',
    });
    const written = await text(path);
    expect(written.indexOf('Wind two')).toBeLessThan(written.indexOf('Wind one'));
    expect(written).toContain('Dear all,\n\nthis month:');
    expect(written).toContain('Wind one\n> Ask Paul before July.');
    expect(written).toContain('https://portal.example.org/w1');
    expect(written).toMatch(/Deadline: \d/);
    await save(path, { remove: ids['Wind two']! });
    expect(await text(path)).not.toContain('Wind two');
  });

  it('has a call whose position alone was changed at that position', async () => {
    const path = await begin();
    const [one, two, three] = [ids['Wind one']!, ids['Wind two']!, ids[HOSTILE]!];
    await save(path, { add: [one, two, three] });
    const order = async (): Promise<string[]> =>
      (await shown(path))('input[name=call]')
        .map((_, call) => call.attribs['value'])
        .get();
    expect(await order()).toEqual([one, two, three]);
    await save(path, { [`place-${one}`]: '3' });
    expect(await order()).toEqual([two, three, one]);
    await save(path, { [`place-${one}`]: '1' });
    expect(await order()).toEqual([one, two, three]);
    await save(path, { [`place-${three}`]: '2' });
    expect(await order()).toEqual([one, three, two]);
    await save(path, { remove: one, [`place-${two}`]: '1' });
    expect(await order()).toEqual([two, three]);
  });

  it('is picked from deadlines and saved searches too', async () => {
    const path = await begin();
    const titles = async (from: string) =>
      (await shown(`${path}?from=${from}`))('.offers .choice span[lang]')
        .map((_, title) => load(title).root().text())
        .get();
    expect(await titles('deadlines')).toEqual(['Wind one', 'Wind two', HOSTILE]);
    const decide = (verdict: object) =>
      api(world.test.url, `/v1/profiles/wind-a/calls/${ids['Wind two']}/verdict`, {
        method: 'PUT',
        token: world.token,
        body: verdict,
      });
    await decide({ verdict: 'not', reason: 'topic' });
    expect(await titles('deadlines')).toEqual(['Wind one', HOSTILE]);
    await decide({ verdict: 'relevant' });
    const { body } = await api(world.test.url, '/v1/profiles/wind-a/searches', {
      method: 'POST',
      token: officer,
      body: { name: 'Two', page: 'calls', query: 'q=two' },
    });
    expect(await titles(body.id)).toEqual(['Wind two']);
    const colleague = await somebody(world.test, { role: 'officer', profile: 'wind-a' });
    expect(load((await colleague.get(`${path}?from=${body.id}`)).body)('input[name=add]')).toHaveLength(0);
  });

  it('says of a draft that it is not yet adopted, and of a withdrawn call that it is withdrawn', async () => {
    const [draft, gone] = [await world.id('Wind to come'), await world.id('Wind gone')];
    for (const [language, adopted, withdrawn] of [
      ['en', 'Status: draft of 28 May 2026, version 2; not yet adopted', 'Status: Withdrawn'],
      [
        'fr',
        'Statut\u00a0: projet du 28 mai 2026, version 2\u00a0; pas encore adopté',
        'Statut\u00a0: Retiré',
      ],
    ] as const) {
      const path = await begin({ language });
      await save(path, { add: [draft, gone] });
      expect((await shown(path))('.items .status-draft, .items .status-withdrawn')).toHaveLength(2);
      const html = load((await officer.get(`${path}/newsletter.html`)).body)('body').text();
      const plain = (said: string): string => said.replace(/\s/g, ' ');
      for (const said of [adopted, withdrawn]) {
        expect(plain(await text(path))).toContain(plain(said));
        expect(plain(html)).toContain(plain(said));
      }
    }
  });

  it('says of a call that is not open yet when it opens', async () => {
    const path = await begin();
    await save(path, { add: ids['Wind one']! });
    const html = async () => load((await officer.get(`${path}/newsletter.html`)).body)('body').text();
    expect([await text(path), await html()].join()).not.toContain('Opens');
    const opensOn = (day: string) =>
      world.test.app
        .get(DataSource)
        .query(
          `UPDATE call SET opens_at = ($2::jsonb->>0)::timestamptz, content = jsonb_set(content, '{opensAt}', $2::jsonb->0), summary = jsonb_set(summary, '{opensAt}', $2::jsonb->0) WHERE id = $1`,
          [ids['Wind one'], JSON.stringify([day])],
        );
    await opensOn(inDays(5));
    try {
      expect(await text(path)).toMatch(/^Opens: \d/m);
      expect(await html()).toMatch(/Opens: \d/);
    } finally {
      await opensOn(inDays(-30));
    }
  });

  it('is offered of a search what the institute may still want, with what is a draft', async () => {
    const { body } = await api(world.test.url, '/v1/profiles/wind-a/searches', {
      method: 'POST',
      token: officer,
      body: { name: 'All', page: 'calls', query: 'q=wind' },
    });
    const page = async () => (await shown(`${await begin()}?from=${body.id}`))('.offers .choice');
    const titles = async () =>
      (await page())
        .map((_, one) => load(one)('span[lang]').text())
        .get()
        .sort();
    expect(await titles()).toEqual([HOSTILE, 'Wind one', 'Wind to come', 'Wind two'].sort());
    expect((await page()).filter((_, one) => load(one)('.status-draft').length > 0).text()).toContain(
      'Wind to come',
    );
    const decide = (verdict: object) =>
      api(world.test.url, `/v1/profiles/wind-a/calls/${ids['Wind two']}/verdict`, {
        method: 'PUT',
        token: world.token,
        body: verdict,
      });
    await decide({ verdict: 'not', reason: 'topic' });
    expect(await titles()).toEqual([HOSTILE, 'Wind one', 'Wind to come'].sort());
    await decide({ verdict: 'relevant' });
  });

  it('says of a cascade call under which topic its project was funded', async () => {
    const topic = 'HORIZON-CL5-2024-D3-01-01';
    await world.store([call(6, 'Wind cascade', { kind: 'cascade', identifier: topic })]);
    for (const [language, under] of [
      ['en', `under topic ${topic}`],
      ['fr', `au titre du sujet ${topic}`],
    ] as const) {
      const path = await begin({ language });
      await save(path, { add: await world.id('Wind cascade') });
      const html = load((await officer.get(`${path}/newsletter.html`)).body)('body').text();
      for (const said of [await text(path), html]) expect(said).toContain(under);
    }
  });

  it('is shown with the usual offers where a place or a version is none', async () => {
    const path = await begin();
    const usual = await shown(`${path}?from=nowhere`);
    expect(usual('#from option[selected]').attr('value')).toBe('relevant');
    expect((await save(path, { from: 'nowhere', title: 'Still saved' })).status).toBe(303);
    expect((await save(path, { version: '9999999999' })).status).toBe(422);
    expect((await save(path, { version: '2147483647' })).status).toBe(422);
  });

  it('is taken away as HTML, Word and text, with what calls and people wrote as text', async () => {
    const path = await begin({ title: 'A <b>title</b>', language: 'fr' });
    await save(path, { add: [ids[HOSTILE]!] });
    await save(path, { intro: '<img src=x onerror=alert(1)>', [`line-${ids[HOSTILE]}`]: '</td><script>' });
    const html = await officer.get(`${path}/newsletter.html`);
    expect(html.headers.get('content-disposition')).toBe('attachment; filename=newsletter.html');
    const $ = load(html.body);
    expect($('script, img, b')).toHaveLength(0);
    expect($('h1').text()).toBe('A <b>title</b>');
    expect($('h2').text()).toBe(HOSTILE);
    expect([$('html').attr('lang'), $('p > [lang=en]').text()]).toEqual([
      'fr',
      expect.stringContaining('offshore wind farms') as string,
    ]);
    expect($('body').text()).toContain('</td><script>');
    expect($('a').attr('href')).toBe('https://portal.example.org/w3');
    expect($('body').text()).toContain('Sélection du Carnot wind-a, avec Carnot Europe.');
    const mail = await officer.get(`${path}/mail`);
    expect(mail.headers.get('content-security-policy')).toContain('sandbox');
    // A copy that is sent from here says how to leave, which a tool of one's own says itself.
    expect(load(mail.body)('h2').text()).toBe(HOSTILE);
    expect(load(mail.body)('body').text()).toContain('figure sur sa liste «\u00a0Wind people\u00a0»');
    expect($('body').text()).not.toContain('figure sur sa liste');
    const docx = await fetch(new URL(`${path}/newsletter.docx`, world.test.url), {
      headers: { cookie: officer.cookie, ...bearer(world.token) },
    });
    const words = JSON.stringify(await readWord(Buffer.from(await docx.arrayBuffer())));
    for (const said of ['A <b>title</b>', '</td><script>', 'more wind'])
      expect(words).toContain(JSON.stringify(said).slice(1, -1));
    expect((await officer.get(`${path}/newsletter.pdf`)).status).toBe(400);
  });

  it('remembers what its list has had, and is not changed once it was sent', async () => {
    const first = await begin({ list: 'Directors' });
    await save(first, { add: [ids['Wind one']!] });
    const before = await form(first);
    expect((await officer.post(`${first}/issue`)).status).toBe(303);
    expect((await officer.post(first, { ...before, title: 'Changed' })).status).toBe(422);
    expect((await shown(first))('h1').text()).toBe('June');
    const marked = async (list: string) =>
      (await shown(await begin({ list })))('.offers .choice:has(.badge) span[lang]')
        .map((_, title) => load(title).root().text())
        .get();
    expect(await marked('directors')).toEqual(['Wind one']);
    expect(await marked('Others')).toEqual([]);
  });

  it('is not overwritten by who opened it before a colleague changed it, and keeps what they typed', async () => {
    const path = await begin();
    await save(path, { add: [ids['Wind one']!] });
    const mine = await form(path);
    await save(path, { title: 'By a colleague' });
    const refused = await officer.post(path, {
      ...mine,
      title: 'Mine',
      language: 'fr',
      [`line-${ids['Wind one']}`]: 'My line',
    });
    expect(refused.status).toBe(422);
    const $ = load(refused.body);
    expect($('[role=alert]').text()).toContain('Nothing was saved');
    expect([$('#title').attr('value'), $(`#line-${ids['Wind one']}`).text()]).toEqual(['Mine', 'My line']);
    expect($('#language option[selected]').attr('value')).toBe('fr');
    // The page that says so is based on the same version: sent again, it overwrites nothing either.
    const again = { ...mine, title: 'Mine', version: $('form.card [name=version]').attr('value')! };
    expect((await officer.post(path, again)).status).toBe(422);
    expect((await shown(path))('h1').text()).toBe('By a colleague');
  });

  it('does not get back the name of somebody who was erased while a colleague had it open', async () => {
    const name = 'Zébulon Quastenflosser';
    const person = await somebody(world.test, { role: 'reader', profile: 'wind-a', name });
    // A name of a day is nobody's.
    await world.test.app
      .get(DataSource)
      .query(`UPDATE person SET name_since = now() - interval '2 days' WHERE name = $1`, [name]);
    const path = await begin();
    await save(path, { intro: `Ask ${name}.` });
    const mine = await form(path);
    const own = '/v1/me/personal-data';
    const { body } = await api(world.test.url, `${own}/erase/preview`, { token: person });
    const erased = await api(world.test.url, `${own}?confirm=${body.confirm}`, {
      method: 'DELETE',
      token: person,
    });
    expect(erased.status).toBe(200);
    expect((await officer.post(path, mine)).status).toBe(422);
    expect(await text(path)).toContain('Ask –.');
  });

  it('is refused with what is wrong at its field', async () => {
    const empty = await officer.post(PATH, { list: '', title: '', language: 'fr' });
    expect(empty.status).toBe(422);
    expect(load(empty.body)('#list-error, #title-error')).toHaveLength(2);
    expect(load(empty.body)('#language option[selected]').attr('value')).toBe('fr');
    const path = await begin();
    const long = await save(path, { intro: 'x'.repeat(4_001) });
    expect([long.status, load(long.body)('#intro-error').length]).toEqual([422, 1]);
    expect(load(long.body)('#intro[aria-invalid]').attr('aria-describedby')).toBe('intro-error');
    await save(path, { add: [ids['Wind one']!] });
    const line = await save(path, { [`line-${ids['Wind one']}`]: 'x'.repeat(501) });
    expect([line.status, load(line.body)(`#line-${ids['Wind one']}-error`).length]).toEqual([422, 1]);
    expect((await save(path, { add: '00000000-0000-4000-8000-000000000000' })).status).toBe(404);
  });

  it('is read by readers of the institute, and by nobody else', async () => {
    const path = await begin();
    const reader = await somebody(world.test, { role: 'reader', profile: 'wind-a' });
    expect(load((await reader.get(path)).body)('form.card')).toHaveLength(0);
    expect((await reader.post(path, await form(path))).status).toBe(403);
    const stranger = await somebody(world.test, { role: 'officer', profile: 'wind-b' });
    expect((await stranger.get(path)).status).toBe(403);
    expect((await stranger.get(path.replace('wind-a', 'wind-b'))).status).toBe(404);
    expect((await officer.post(`${path}/remove`)).status).toBe(303);
    expect((await officer.get(path)).status).toBe(404);
  });
});
