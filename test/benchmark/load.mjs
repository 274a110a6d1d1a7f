/**
 * What people wait for when many work at once: each opens a page, reads it, and opens the next.
 *
 *   npm run bench -- load [--portal URL] [--clock INSTANT] [--calls 50000] [--people 200] [--every 20] [--minutes 10] [--slow 20]
 *
 * They are existing users: their first e-mails are sent and the search index is built before anybody starts.
 * `--every` is the seconds between two pages of a person, varied by half. `--slow` is the number of clients
 * that read a response at a hundred bytes a second. The calls are made as for `bench -- pages`; people and
 * their matches belong to five institutes. The clients run in their own thread, on the same processors.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { warm } from '../../dist/app/process.js';
import { startWithManyCalls } from './pages/many-calls.mjs';

const { values: args } = parseArgs({
  options: {
    portal: { type: 'string' },
    clock: { type: 'string' },
    calls: { type: 'string', default: '50000' },
    people: { type: 'string', default: '200' },
    every: { type: 'string', default: '20' },
    minutes: { type: 'string', default: '10' },
    slow: { type: 'string', default: '20' },
  },
});
const INSTITUTES = ['3bcar', 'leti', 'mica', 'brgm', 'pasteur'];
const say = (text) => process.stdout.write(`${text}\n`);
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Creates an officer with a session, as if signed in this morning; returns the session's secret. */
async function officer(client, profile, n) {
  const [id, secret, now] = [randomUUID(), randomBytes(24).toString('base64url'), new Date()];
  await client.query(
    `INSERT INTO person (id, email, name, name_since, language, role, profile_id, created_at, last_seen_at) VALUES ($1, $2, $3, $6, $4, 'officer', $5, $6, $6)`,
    [id, `officer-${n}@example.org`, `Officer ${n}`, n % 2 ? 'fr' : 'en', profile, now],
  );
  await client.query(
    `INSERT INTO session (id, token_hash, person_id, user_agent, created_at, authenticated_at, expires_at, last_seen_at) VALUES ($1, $2, $3, 'benchmark', $4, $4, $5, $4)`,
    [
      randomUUID(),
      createHash('sha256').update(secret).digest('hex'),
      id,
      now,
      new Date(now.getTime() + 86_400_000),
    ],
  );
  return secret;
}

/** Waits until everyone has their first e-mail and searches no longer wait for the index. */
async function settled(people) {
  warm(app);
  for (let [told, took] = [0, Infinity]; told < people || took > 500; await sleep(1_000)) {
    const { rows } = await client.query(
      `SELECT count(DISTINCT recipient_id)::int AS told FROM notification WHERE state = 'sent'`,
    );
    told = rows[0].told;
    const began = performance.now();
    const answer = await fetch(`${url}/v1/calls?limit=1&q=hydrogen`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    await answer.text();
    took = performance.now() - began;
  }
}

const { url, cookie, size, client, app, stop } = await startWithManyCalls({
  ...args,
  calls: Number(args.calls),
  institutes: INSTITUTES,
});
try {
  const name = cookie.split('=')[0];
  const people = [];
  for (let n = 0; n < Number(args.people); n += 1) {
    const profile = INSTITUTES[n % INSTITUTES.length];
    const { rows } = await client.query(
      'SELECT call_id AS id FROM match WHERE profile_id = $1 ORDER BY score DESC LIMIT 30',
      [profile],
    );
    people.push({
      profile,
      cookie: `${name}=${await officer(client, profile, n)}`,
      calls: rows.map((r) => r.id),
    });
  }
  await settled(people.length);
  say(
    `${size.calls} calls, ${size.matches} matches of ${INSTITUTES.length} institutes; ${people.length} people, a page each every ${args.every} s for ${args.minutes} min, ${args.slow} slow clients; Node ${process.version}`,
  );
  const worker = new Worker(new URL('./load/clients.mjs', import.meta.url), {
    workerData: {
      url,
      people,
      everyMs: Number(args.every) * 1000,
      forMs: Number(args.minutes) * 60_000,
      slow: Number(args.slow),
    },
  });
  const { pages, failed, slow } = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  say('| page | looks | median, ms | 95 % below | longest |');
  say('|---|---|---|---|---|');
  const all = Object.values(pages).flat();
  for (const [page, took] of [...Object.entries(pages), ['all', all]]) {
    const sorted = [...took].sort((a, b) => a - b);
    const [middle, most, longest] = [at(sorted, 0.5), at(sorted, 0.95), sorted.at(-1)].map(Math.round);
    say(`| ${page} | ${sorted.length} | ${middle} | ${most} | ${longest} |`);
  }
  say(`${failed.length} failed${failed.length ? `: ${[...new Set(failed)].slice(0, 5).join('; ')}` : ''}`);
  say(`slow clients: ${slow.whole} answers whole, ${slow.cut} cut off`);
} finally {
  await stop();
}
