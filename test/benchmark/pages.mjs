/**
 * How long the pages take in a real browser with many calls in the database, how many bytes they transfer,
 * and where the time goes.
 *
 *   npm run build && node test/benchmark/pages.mjs [--portal URL] [--calls 50000] [--institute 3bcar] [--runs 5]
 *
 * The portal's calls (without --portal: the bundled samples) are harvested and matched as usual, then
 * multiplied in the database: each copies another call, with its own identifier and deadlines some days
 * earlier or later. The institute's matches are multiplied likewise. Each page is compared with the same
 * request without a browser, and with the database's share of it; the floor is a page without queries.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { CHROMIUM, NO_CHROMIUM } from '../support/pages/chromium.mjs';
import { quiet, startWithManyCalls } from './pages/many-calls.mjs';

if (!CHROMIUM) throw new Error(NO_CHROMIUM);

const { values: args } = parseArgs({
  options: {
    portal: { type: 'string' },
    clock: { type: 'string' },
    calls: { type: 'string', default: '50000' },
    institute: { type: 'string', default: '3bcar' },
    runs: { type: 'string', default: '5' },
  },
});
const institute = args.institute;
const say = (text) => process.stdout.write(`${text}\n`);
const median = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];

/** The database time since the last reset; all statements of this process are counted. */
const database = { ms: 0, queries: [] };
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function timed(...given) {
  const [statement] = given;
  const began = performance.now();
  const done = () => {
    const took = performance.now() - began;
    database.ms += took;
    const sql = String(statement?.text ?? statement).replace(/\s+/g, ' ');
    database.queries.push({ took, sql: sql.slice(0, 160) });
  };
  // The program's own statements are passed with a callback for their end.
  const { callback } = statement ?? {};
  if (callback)
    statement.callback = (...answer) => {
      done();
      callback(...answer);
    };
  const answer = query.apply(this, given);
  if (!callback) answer?.then?.(done, done);
  return answer;
};

/** Loads a page once: the browser's own timing, and the bytes transferred for the page and all its files. */
async function look(browser, url, path, cookie) {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const [name, ...value] = cookie.split('=');
  await context.addCookies([{ name, value: value.join('='), url }]);
  const page = await context.newPage();
  database.ms = 0;
  database.queries = [];
  const response = await page.goto(`${url}${path}`, { waitUntil: 'load' });
  const timing = await page.evaluate(() => {
    const [nav] = performance.getEntriesByType('navigation');
    const all = [nav, ...performance.getEntriesByType('resource')];
    return {
      server: nav.responseStart - nav.requestStart,
      transfer: nav.responseEnd - nav.responseStart,
      load: nav.loadEventEnd - nav.startTime,
      bytes: all.reduce((n, e) => n + e.transferSize, 0),
      html: nav.transferSize,
      nodes: document.querySelectorAll('*').length,
    };
  });
  await context.close();
  return { status: response.status(), ...timing, db: database.ms, queries: database.queries };
}

const { url, cookie, size, client, app, stop } = await startWithManyCalls({
  ...args,
  institutes: [institute],
  calls: Number(args.calls),
});
try {
  await quiet(app);
  const {
    rows: [best],
  } = await client.query(
    'SELECT call_id AS id FROM match WHERE profile_id = $1 ORDER BY score DESC LIMIT 1',
    [institute],
  );
  say(
    `${size.calls} calls, ${size.matches} of them match ${institute} at all; run ${randomUUID().slice(0, 8)}, Node ${process.version}`,
  );
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const at = `/institutes/${institute}`;
  const paths = [
    '/account',
    `${at}/inbox`,
    `${at}/inbox?state=all&minScore=0`,
    `${at}/calls/${best.id}`,
    '/calls',
    '/calls?q=hydrogen',
    '/deadlines',
    '/bottom-up',
    `${at}/profile`,
    `${at}/team`,
    '/sources',
    '/institutes',
  ];
  say(
    '| page | status | load, ms (median) | first time | of it the server | of it the database | kB over the wire, files included | nodes |',
  );
  say('|---|---|---|---|---|---|---|---|');
  const slow = [];
  for (const path of paths) {
    const looks = [];
    for (let i = 0; i < Number(args.runs); i += 1) looks.push(await look(browser, url, path, cookie));
    const of = (key) => Math.round(median(looks.map((l) => l[key])));
    say(
      `| ${path.replace(best.id, '…')} | ${looks[0].status} | ${of('load')} | ${Math.round(looks[0].load)} | ${of('server')} | ${of('db')} | ${(Math.max(...looks.map((l) => l.bytes)) / 1000).toFixed(1)} | ${of('nodes')} |`,
    );
    slow.push({ path, load: of('load'), queries: looks.at(-1).queries });
  }
  const slowest = slow.sort((a, b) => b.load - a.load)[0];
  say(`\nThe slowest is ${slowest.path}. Its queries, longest first:`);
  for (const { took, sql } of slowest.queries.sort((a, b) => b.took - a.took).slice(0, 6))
    say(`  ${took.toFixed(1)} ms  ${sql}`);
  await browser.close();
} finally {
  await stop();
}
