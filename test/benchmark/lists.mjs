/**
 * Requests per second for each list, compared with the bare `/health` of the same process: what a list costs
 * beyond a request.
 *
 *   npm run build && node test/benchmark/lists.mjs [--portal URL] [--clock INSTANT] [--calls 50000] [--institute 3bcar] [--seconds 4]
 *
 * Four requests are in flight at once. The process is both server and client, with PostgreSQL on the same
 * machine: only the ratio matters.
 */
import http from 'node:http';
import { parseArgs } from 'node:util';
import { quiet, startWithManyCalls } from './pages/many-calls.mjs';

const { values: args } = parseArgs({
  options: {
    portal: { type: 'string' },
    clock: { type: 'string' },
    calls: { type: 'string', default: '50000' },
    institute: { type: 'string', default: '3bcar' },
    seconds: { type: 'string', default: '4' },
  },
});
const AT_ONCE = 4;
const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
const say = (text) => process.stdout.write(`${text}\n`);

const ask = (url, cookie) =>
  new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers: cookie ? { cookie } : {} }, (answer) => {
        let bytes = 0;
        answer.on('data', (chunk) => (bytes += chunk.length));
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${answer.statusCode}`)),
        );
      })
      .on('error', reject);
  });

/** Returns the requests per second over `seconds`, and the bytes of one response. */
async function rate(url, cookie, seconds) {
  const began = performance.now();
  let [asked, bytes] = [0, 0];
  const lane = async () => {
    for (; performance.now() - began < seconds * 1000; asked += 1) bytes = await ask(url, cookie);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { rate: asked / ((performance.now() - began) / 1000), bytes };
}

const { url, cookie, size, app, stop } = await startWithManyCalls({
  ...args,
  institutes: [args.institute],
  calls: Number(args.calls),
});
try {
  await quiet(app);
  say(`${size.calls} calls, ${size.matches} of them match ${args.institute} at all; Node ${process.version}`);
  say('| list | requests a second | share of /health | bytes |');
  say('|---|---|---|---|');
  const paths = [
    '/health',
    '/v1/calls?limit=20',
    `/v1/matches?profile=${args.institute}&limit=20`,
    `/v1/profiles/${args.institute}/inbox?limit=20`,
    '/v1/notifications?limit=20',
    '/v1/changes?limit=20',
    '/v1/sources',
  ];
  // A bare request looks up no user.
  const asker = (path) => (path === '/health' ? null : cookie);
  // The engine compiles hot code: before it is warm, a bare request takes up to twice as long, and every
  // ratio would be too large.
  for (let round = 0; round < 2; round += 1)
    for (const path of paths) await rate(url + path, asker(path), Number(args.seconds) / 2);
  let bare = 0;
  for (const path of paths) {
    const who = asker(path);
    const { rate: perSecond, bytes } = await rate(url + path, who, Number(args.seconds));
    bare ||= perSecond;
    say(`| ${path} | ${perSecond.toFixed(0)} | ${(perSecond / bare).toFixed(3)} | ${bytes} |`);
  }
} finally {
  await stop();
}
