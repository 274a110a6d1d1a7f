import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { api } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import type { InboxTest } from '../../support/institutes/inbox.js';
import { somebody, type Answer } from '../../support/access/people.js';
import { formWith, get, startSheets, workbook } from '../../support/institutes/sheets.js';

const SHEETS = '/institutes/wind-a/sheets';

describe('the pages for Excel', () => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startSheets();
  });
  afterAll(() => world?.stop());

  const page = async (path: string, who = world.officer) => {
    const answer = await who.get(path);
    return { ...answer, $: load(answer.body) };
  };
  const send = (bytes: Buffer | string, name = 'veille.csv', who = world.officer): Promise<Answer> =>
    who.request(`${SHEETS}/import`, { method: 'POST', body: formWith(bytes, name) });
  const text = (body: string): string => load(body)('main').text().replace(/\s+/g, ' ');

  it('have each list as both files, and each link gives one', async () => {
    const { $ } = await page(SHEETS);
    const links = $('.formats a')
      .map((_, a) => $(a).attr('href')!)
      .get();
    expect(links).toHaveLength(12);
    for (const link of links) {
      const file = await get(world.test.url, link, {
        cookie: world.officer.cookie,
        'sec-fetch-site': 'same-origin',
      });
      expect([link, file.status, file.headers.get('content-disposition')?.slice(0, 10)]).toEqual([
        link,
        200,
        'attachment',
      ]);
    }
  });

  it('make an address that is shown once and answers, and revoke it', async () => {
    const made = await world.officer.post(`${SHEETS}/feeds`, {
      name: 'Direction',
      content: 'all',
      notes: 'true',
      filters: 'q=wind&evil=1',
    });
    expect(made.status).toBe(201);
    const addresses = load(made.body)('input.address')
      .map((_, i) => load(made.body)(i).attr('value')!)
      .get();
    expect(addresses).toHaveLength(4);
    expect((await get(world.test.url, new URL(addresses[0]!).pathname)).status).toBe(200);
    const { $, body } = await page(SHEETS);
    expect(body).not.toContain(addresses[0]!.split('/')[4]);
    expect($('.feeds li').first().text()).toMatch(/with the filters Search: wind, with notes/);
    const revoked = await world.officer.post($('form[action$="/revoke"]').attr('action')!);
    expect(revoked.status).toBe(303);
    expect((await get(world.test.url, new URL(addresses[0]!).pathname)).status).toBe(404);
    const wrong = await world.officer.post(`${SHEETS}/feeds`, { name: '', content: 'relevant' });
    expect([
      wrong.status,
      load(wrong.body)('#feed-name-error').length,
      load(wrong.body)('#feed-content option[selected]').attr('value'),
    ]).toEqual([422, 1, 'relevant']);
  });

  it('say in words what each address shows', async () => {
    for (const state of ['new', 'undecided', 'relevant', 'not', 'all'])
      await world.officer.post(`${SHEETS}/feeds`, { name: state, content: state });
    const { $ } = await page(SHEETS);
    expect(
      Object.fromEntries(
        $('.feeds li')
          .slice(0, 5)
          .toArray()
          .map((li) => [$('h3', li).text(), $('h3 + p', li).text()]),
      ),
    ).toEqual({
      new: 'New calls',
      undecided: 'Calls to decide on',
      relevant: 'Relevant calls',
      not: 'Calls not for us',
      all: 'All our calls',
    });
  });

  it('show an old sheet line by line, take a correction of a column, and write it when told to', async () => {
    const sent = await send(
      await workbook([
        ['Référence', 'Décision', 'Truc'],
        ['HORIZON-W1-2027-01', 'Oui', 'Important'],
        ['HORIZON-W2-2027-01', 'Non, hors sujet', null],
        ['nowhere', 'oui', null],
      ]),
      'veille é.xlsx',
    );
    expect([sent.status, sent.location]).toEqual([303, `${SHEETS}/import`]);
    const plan = await page(`${SHEETS}/import`);
    expect(
      plan
        .$('.lines tbody tr')
        .map((_, tr) => plan.$(tr).find('.badge').text())
        .get(),
    ).toEqual(['to save', 'to save', 'not found']);
    expect(text(plan.body)).toContain('veille é.xlsx, sheet “Veille”: 3 rows');
    expect(text(plan.body)).toContain('2 decisions and no note will be saved');
    const id = plan.$('input[name=sheet]').first().attr('value')!;
    const corrected = await world.officer.post(`${SHEETS}/import/columns`, {
      sheet: id,
      column0: 'identifier',
      column1: 'verdict',
      column2: 'note',
    });
    expect(corrected.status).toBe(303);
    expect(text((await page(`${SHEETS}/import?show=write`)).body)).toContain('Note: Important');
    expect(
      (
        await world.officer.post(`${SHEETS}/import/columns`, {
          sheet: id,
          column0: 'none',
          column1: 'verdict',
        })
      ).status,
    ).toBe(422);
    const applied = await world.officer.post(`${SHEETS}/import/apply`, { sheet: id });
    expect(applied.location).toBe(`${SHEETS}/import/done?verdicts=2&notes=1&bids=0`);
    expect(text((await page(applied.location!)).body)).toContain('2 decisions and 1 note saved');
    expect((await page(`${SHEETS}/import`)).$('#sheet-file')).toHaveLength(1);
  });

  it('overwrite only the conflict that is ticked', async () => {
    await send('Topic,Verdict,Reason\nHORIZON-W1-2027-01,no,trl\nHORIZON-W2-2027-01,yes,\n');
    const { $ } = await page(`${SHEETS}/import`);
    const ticks = $('input[name=overwrite]')
      .map((_, i) => $(i).attr('value')!)
      .get();
    expect(ticks).toHaveLength(2);
    const applied = await world.officer.post(`${SHEETS}/import/apply`, {
      sheet: $('input[name=sheet]').attr('value')!,
      overwrite: [ticks[0]!],
    });
    expect(applied.location).toContain('verdicts=1&notes=0');
    const { body } = await api(world.test.url, '/v1/profiles/wind-a/inbox?state=not&status=any', {
      token: world.token,
    });
    expect((body.items as { title: string }[]).map((i) => i.title).sort()).toEqual(['Wind one', 'Wind two']);
  });

  it('do nothing with another sheet than the one that was shown', async () => {
    await send('Topic,Verdict\nHORIZON-W3-2027-01,no\n');
    const old = (await page(`${SHEETS}/import`)).$('input[name=sheet]').first().attr('value')!;
    await send('Topic,Verdict\nHORIZON-W3-2027-01,yes\n', 'newer.csv');
    for (const action of ['apply', 'columns', 'leave']) {
      const answer = await world.officer.post(`${SHEETS}/import/${action}`, { sheet: old });
      expect([answer.status, text(answer.body)]).toEqual([409, expect.stringContaining('newer.csv')]);
    }
    const now = (await page(`${SHEETS}/import`)).$('input[name=sheet]').first().attr('value')!;
    expect((await world.officer.post(`${SHEETS}/import/leave`, { sheet: now })).location).toBe(SHEETS);
  });

  it('show what was found when a sheet was sent, and find anew when its columns are read again', async () => {
    const later = aCall('L1', { title: 'Later', identifier: 'HORIZON-L1-2027-01' });
    await send('Topic,Verdict\nHORIZON-L1-2027-01,yes\n');
    await storeCalls(world.test.app, [later], 'late');
    const { $, body } = await page(`${SHEETS}/import`);
    expect(text(body)).toContain('not found');
    const sheet = $('input[name=sheet]').first().attr('value')!;
    await world.officer.post(`${SHEETS}/import/columns`, {
      sheet,
      column0: 'identifier',
      column1: 'verdict',
    });
    expect(text((await page(`${SHEETS}/import`)).body)).toContain('1 decision and no note will be saved');
    // A call found in the preview may be gone when it is written.
    await world.test.app
      .get(DataSource)
      .query(`DELETE FROM call WHERE content->>'identifier' = $1`, [later.identifier]);
    expect((await world.officer.post(`${SHEETS}/import/apply`, { sheet })).location).toContain(
      'verdicts=0&notes=0',
    );
  });

  it.each([
    ['a web page', '<html><table></table></html>', /This file is a web page/],
    ['nothing', '', /This file is empty/],
    ['too much', Buffer.alloc(3_000_000, 'a'), /too large/],
    ['ten thousand lines', `Topic\n${'A-B-1\n'.repeat(10_000)}`, /more than 5,000 rows/],
    ['a damaged workbook', Buffer.from('PK\x03\x04xxxx'), /damaged/],
    ['no column', 'a,b\n1,2\n', /No column identifies a call.*a \| b/],
  ])('say in a sentence what is wrong with %s', async (_, bytes, words) => {
    const answer = await send(bytes);
    expect([answer.status, load(answer.body)('#sheet-file-error').text()]).toEqual([
      422,
      expect.stringMatching(words),
    ]);
  });

  it('say so where no file was chosen', async () => {
    expect(
      load((await world.officer.request(`${SHEETS}/import`, { method: 'POST', body: new FormData() })).body)(
        '#sheet-file-error',
      ).text(),
    ).toBe('Choose a file first.');
  });

  it('hide from readers what they may not do, and are closed to others', async () => {
    const reader = await somebody(world.test, { role: 'reader', profile: 'wind-a' });
    const { $ } = await page(SHEETS, reader);
    expect([$('.formats a').length, $('main form').length]).toEqual([12, 0]);
    expect((await send('Topic\nX', 'v.csv', reader)).status).toBe(403);
    expect((await reader.get(`${SHEETS}/import`)).status).toBe(403);
    expect(
      (await (await somebody(world.test, { role: 'officer', profile: 'wind-b' })).get(SHEETS)).status,
    ).toBe(403);
    expect((await (await somebody(world.test, { role: 'coordinator' })).get(SHEETS)).status).toBe(403);
  });

  it('speak French', async () => {
    const french = await somebody(world.test, { role: 'officer', profile: 'wind-a', language: 'fr' });
    expect(text((await page(SHEETS, french)).body)).toContain('Exporter une liste');
    await send('Sujet;Avis\nHORIZON-W9-2027-01;oui\n', 'v.csv', french);
    expect(text((await page(`${SHEETS}/import`, french)).body)).toContain(
      'Les plus proches : HORIZON-W1-2027-01',
    );
  });
});
