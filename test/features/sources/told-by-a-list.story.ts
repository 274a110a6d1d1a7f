import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { source as anr } from '../../../src/harvest/sources/anr/anr.source.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { until } from '../../support/until.js';

const NAMES = ['appel-invente-un', 'appel-invente-deux', 'appel-invente-trois'];
/** The dates on the first call's card; its own page has none. */
let card: string;
let server: Server;
let h: Harvesting;

const html = (path: string, body: string): string =>
  `<!DOCTYPE html><html lang="fr"><head><link rel="canonical" href="https://anr.fr${path}"></head><body>${body}</body></html>`;
const page = (name: string): string =>
  html(
    `/fr/detail/call/${name}/`,
    `<section class="content-style"><h1>${name}</h1><p>Un texte.</p></section>`,
  );
const list = (): string =>
  html(
    '/fr/appels-a-projets/',
    NAMES.map(
      (name, i) => `<div class="card appel">
  <div class="date">${i ? '' : card}</div><h2><a href="/fr/detail/call/${name}/">${name}</a></h2></div>`,
    ).join(''),
  );

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const name = NAMES.find((n) => url === `/fr/detail/call/${n}/`);
    const body = url === '/fr/appels-a-projets/' ? list() : name && page(name);
    response
      .writeHead(body ? 200 : url === '/robots.txt' ? 404 : 410, {
        'content-type': 'text/html; charset=utf-8',
      })
      .end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const source = { ...anr, origin, requestsPerMinute: 600, trusted: true, listTrusted: false, headers: {} };
  card = '01/04/2026 - 08/05/2026';
  h = await Harvesting.start({ copies: 1, adjust: (w) => ({ ...w, sources: [source] }) });
});
afterAll(async () => {
  await h?.stop();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

/** Reads the source `hours` later, while the scheduler ticks. */
async function read(hours: number): Promise<any> {
  h.clock.move({ hours });
  const { body } = await h.call('/v1/sources/anr/runs', { method: 'POST' });
  return until('the run to end', async () => {
    await h.tick();
    const { run } = await h.source('anr');
    return run.id === body.id && run.endedAt ? run : null;
  });
}
const deadlines = async (): Promise<string[]> =>
  (
    await h.query("SELECT content->'deadlines' AS d FROM call WHERE content->>'reference' = $1", [NAMES[0]])
  )[0].d.map((d: any) => d.brussels);
const kinds = async (): Promise<string[][]> =>
  (await h.query('SELECT kinds FROM call_version WHERE version > 1 ORDER BY seq')).map((v) => v.kinds);

describe('a date that only the card of a list tells', () => {
  it('is the date of the call, and the feed that is gone fails nothing', async () => {
    expect(await read(1)).toMatchObject({
      state: 'accepted',
      counts: {
        calls: 3,
        unread: 1,
        unreadWhy: expect.stringMatching(/^\/rss\/\?aap is read beside the lists/),
      },
    });
    expect(await deadlines()).toEqual(['2026-05-08T17:00:00+02:00']);
  });

  it('is not lost in a quick check, which reads the page alone', async () => {
    h.clock.move({ minutes: 90 });
    await h.tick();
    const quickCheck = await until('the quick check to end', async () => {
      const { quickCheck: newest } = await h.source('anr');
      return newest?.endedAt ? newest : null;
    });
    expect(quickCheck).toMatchObject({ state: 'accepted', counts: { calls: 0, changed: 0, unread: 1 } });
    expect(await deadlines()).toEqual(['2026-05-08T17:00:00+02:00']);
  });

  it('moves with the card, though the page stays as it is', async () => {
    card = '01/04/2026 - 22/05/2026';
    expect(await read(12)).toMatchObject({ state: 'accepted', counts: { changed: 1 } });
    expect(await deadlines()).toEqual(['2026-05-22T17:00:00+02:00']);
    expect(await kinds()).toHaveLength(1);
    expect((await kinds())[0]!.join()).toMatch(/deadline|postponed|extended/);
  });
});
