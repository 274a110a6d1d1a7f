import { load, type CheerioAPI } from 'cheerio';
import { api } from '../../support/app.js';
import type { InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { formWith, get, linesOf, startSheets } from '../../support/institutes/sheets.js';

const [INBOX, SHEETS] = ['/institutes/wind-a/inbox', '/institutes/wind-a/sheets'];

describe('the inbox and Excel', () => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startSheets();
  });
  afterAll(() => world?.stop());

  const page = (path: string, who: Somebody = world.officer): Promise<CheerioAPI> => pageFor(who, path);
  const file = async (path: string, who: Somebody = world.officer): Promise<Response> =>
    get(world.test.url, path, { cookie: who.cookie, 'sec-fetch-site': 'same-origin' });
  const hrefs = ($: CheerioAPI): string[] =>
    $('.downloads a')
      .toArray()
      .map((a) => $(a).attr('href')!);

  it('give what the inbox shows, with its filters, as files', async () => {
    const $ = await page(`${INBOX}?state=new&q=three&cursor=`);
    const [xlsx, csv] = hrefs($);
    expect([xlsx, csv]).toEqual([`${INBOX}.xlsx?state=new&q=three`, `${INBOX}.csv?state=new&q=three`]);
    for (const path of [xlsx!, csv!])
      expect((await linesOf(await file(path))).map((l) => l['Title'])).toEqual(['Wind three']);
    expect(hrefs(await page(INBOX)).slice(0, 2)).toEqual([`${INBOX}.xlsx`, `${INBOX}.csv`]);
    expect(hrefs(await page(`${INBOX}?q=nothing`))).toEqual([]);
  });

  it('offer an address for what it shows to whoever may make one', async () => {
    const $ = await page(hrefs(await page(`${INBOX}?state=new&q=three`)).at(-1)!);
    expect($('#feed-content option[selected]').attr('value')).toBe('new');
    expect($('.feed-form').text()).toContain('with the filters Search: three');
    const made = await world.officer.post(`${SHEETS}/feeds`, {
      name: 'Three',
      content: 'new',
      filters: $('.feed-form input[name=filters]').attr('value')!,
    });
    const address = load(made.body)('#feed-csv').attr('value')!;
    expect(
      (await linesOf(await get(world.test.url, new URL(address).pathname))).map((l) => l['Title']),
    ).toEqual(['Wind three']);
    // No filter is set there, but the inbox still does not show everything.
    expect(
      (await page(hrefs(await page(INBOX)).at(-1)!))('#feed-content option[selected]').attr('value'),
    ).toBe('undecided');
    for (const who of [
      await somebody(world.test, { role: 'reader', profile: 'wind-a' }),
      await somebody(world.test, { role: 'coordinator' }),
    ]) {
      expect(hrefs(await page(INBOX, who))).toEqual([`${INBOX}.xlsx`, `${INBOX}.csv`]);
      expect((await file(`${INBOX}.csv`, who)).status).toBe(200);
    }
  });

  it('say in words where an old sheet gave no reason for a "not"', async () => {
    const five = await world.id('Wind five');
    const sheet = async (bytes: Buffer | string, dryRun: boolean) =>
      (
        await world.officer.request(`/v1/profiles/wind-a/import?dryRun=${dryRun}`, {
          method: 'POST',
          body: formWith(bytes, 'v.csv'),
        })
      ).body;
    await sheet('Topic,Verdict\nHORIZON-W5-2027-01,no\n', false);
    const french = await somebody(world.test, { role: 'officer', profile: 'wind-a', language: 'fr' });
    for (const [who, words, verdict] of [
      [world.officer, 'no reason given', 'Not for us: no reason given'],
      [french, 'sans motif indiqué', 'Non retenu\u00a0: sans motif indiqué'],
    ] as const) {
      const inbox = await page(`${INBOX}?state=not&decided=${five}`, who);
      expect(inbox('.inbox-row .verdict').text()).toBe(verdict);
      expect(inbox('.just-decided').text()).toContain(words);
      expect(
        (await page(`/institutes/wind-a/calls/${five}`, who))('section[aria-labelledby=decision]').text(),
      ).toContain(words);
      const csv = Buffer.from(await (await file(`${INBOX}.csv?state=not`, who)).arrayBuffer());
      expect(csv.toString()).toContain(words);
      // Text that we generated is not imported as the officer's note.
      expect(JSON.parse(await sheet(csv, true))).toMatchObject({ lines: [{ outcome: 'same', note: null }] });
    }
    const { body } = await api(world.test.url, '/v1/profiles/wind-a/inbox?state=not', { token: world.token });
    expect(body.items).toMatchObject([{ title: 'Wind five', review: { verdict: 'not', reason: null } }]);
  });
});
