import { load } from 'cheerio';
import { translateTo } from '../../src/i18n/translate.js';
import { api, startApp } from '../support/app.js';
import { somebody, type Somebody } from '../support/access/people.js';
import { startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { liveValuesOf } from '../support/pages/route-values.js';
import { addressesOf, routesOf } from '../support/pages/routes.js';

/** Their readers come by a link, whatever else is open in the browser. */
const BY_LINK = /^\/(answer|contact|decide|notification-preferences|unsubscribe|sign-in)\b/;
const LANGUAGES = ['en', 'fr'] as const;
const said = (place: 'catcher' | 'files') =>
  LANGUAGES.map((language) => translateTo(language)(`layout.unsent-mail.${place}`));

/** Returns the notices of a page; null if they cannot see it, or if it is a file. */
async function noticesOn(reader: Somebody, address: string): Promise<string[] | null> {
  const { status, body, headers } = await reader.get(address);
  if (status !== 200 || !headers.get('content-type')?.startsWith('text/html')) return null;
  const $ = load(body);
  const notices = $('p.notice')
    .map((_, e) => $(e).text())
    .get();
  return $('main#content').length ? notices : null;
}

describe('e-mails that a mail catcher keeps', () => {
  let world: TwoInstitutes;
  let addresses: string[];
  beforeAll(async () => {
    const caught = { SMTP_URL: 'smtp://Mail.test:1025?requireTLS=false', MAIL_CATCHER: 'mail.test:1025' };
    world = await startTwoInstitutes({
      adjust: (wiring) => ({ ...wiring, env: { ...wiring.env, ...caught } }),
    });
    addresses = routesOf(world.test.app)
      .filter((r) => r.method === 'GET' && !/^\/(v1|health|docs)\b/.test(r.path) && !BY_LINK.test(r.path))
      .flatMap((route) => addressesOf(route, liveValuesOf(world)));
  });
  afterAll(() => world?.stop());

  it('are spoken of on every page of the coordinator, in English or French', async () => {
    const readers = [];
    for (const language of LANGUAGES)
      readers.push(await somebody(world.test, { role: 'coordinator', language }));
    const silent: string[] = [];
    let pages = 0;
    for (const [i, address] of addresses.entries()) {
      const notices = await noticesOn(readers[i % 2]!, address);
      pages += Number(notices !== null);
      if (notices && !notices.includes(said('catcher')[i % 2]!)) silent.push(address);
    }
    expect(silent).toEqual([]);
    expect(pages).toBeGreaterThan(30);
  });

  it('are no concern of an officer, who can change nothing', async () => {
    for (const address of ['/institutes/leti/inbox', '/institutes/leti/messages', '/account'])
      expect(await noticesOn(world.leti.officer, address)).toEqual([]);
  });

  it('are named where readiness is asked for, which stays 200', async () => {
    expect(await api(world.test.url, '/health/ready', { token: null })).toMatchObject({
      status: 200,
      body: { status: 'ok', mail: 'catcher' },
    });
  });
});

it('e-mails that are written to files are spoken of as well', async () => {
  const app = await startApp({}, { working: false });
  try {
    const reader = await somebody(app, { role: 'coordinator', language: 'fr' });
    expect(await noticesOn(reader, '/calls')).toEqual([said('files')[1]]);
    expect((await api(app.url, '/health/ready', { token: null })).body).toMatchObject({ mail: 'files' });
  } finally {
    await app.stop();
  }
});
