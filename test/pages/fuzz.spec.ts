import fc from 'fast-check';
import { Agent } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DataSource } from 'typeorm';
import { api, TOKEN } from '../support/app.js';
import { formsOfPages, isSentTo } from '../support/pages/forms.js';
import { shotsAt, type Operation, type Shot } from '../support/pages/fuzz-requests.js';
import type { Schema } from '../support/pages/fuzz-values.js';
import { somebody } from '../support/access/people.js';
import { sendRaw } from '../support/pages/raw-requests.js';
import { nameOf, routesOf } from '../support/pages/routes.js';
import { countChanges, type Changes } from '../support/database/count-changes.js';
import { liveValuesOf } from '../support/pages/route-values.js';
import { OWN, startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { times } from '../support/release.js';

/** A fixed seed repeats the requests; another seed finds others. `npm run fuzz` sends many more. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20260630);
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? times('generated requests', 200, 5_000));
/** Actors whom a request removed or signed out are replaced after this many requests. */
const FRESH_EVERY = 100;
const INSIDE = /\n\s+at .*:\d+|node_modules|\b[\w-]+\.(ts|js):\d+|QueryFailedError|ECONNREFUSED/;

/** The number of actors that `actors` returns. */
const ACTORS = 9;

describe('generated requests', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let world: TwoInstitutes;
  let changes: Changes;
  beforeAll(async () => {
    world = await startTwoInstitutes();
    changes = await countChanges(world.test.app.get(DataSource));
  });
  afterAll(async () => {
    agent.destroy();
    await world?.stop();
  });

  const actors = async (): Promise<Record<string, string>[]> => {
    const { test } = world;
    const browser = async (told: Parameters<typeof somebody>[1]) => ({
      cookie: (await somebody(test, told)).cookie,
      accept: 'text/html',
    });
    // Mostly people with access: others are refused before anything is read.
    const officers = await Promise.all([1, 2, 3, 4].map(() => browser({ role: 'officer', profile: 'leti' })));
    return [
      ...officers,
      await browser({ role: 'coordinator' }),
      await browser({ role: 'reader', profile: '3bcar' }),
      { authorization: `Bearer ${TOKEN}` },
      { authorization: `Bearer ${TOKEN}` },
      { accept: 'text/html' },
    ];
  };

  const send = (shot: Shot, headers: Record<string, string>): ReturnType<typeof sendRaw> =>
    sendRaw(world.test.url, agent, shot, headers);

  it(`are ${REQUESTS} around all routes, by everybody: no error of ours, nothing of our inside, no change by one that is refused (FUZZ_SEED=${SEED})`, async () => {
    const { test } = world;
    const document = (
      await api<{
        paths: Record<string, Record<string, Operation>>;
        components: { schemas: Record<string, Schema> };
      }>(test.url, '/docs-json')
    ).body;
    const values = liveValuesOf(world);
    const known = {
      schemas: document.components.schemas,
      ids: Object.values(world.ids),
      named: {
        id: ['leti', 'new-one'],
        competences: [[`${OWN} competence`]],
        researcherId: [world.ids.researcher],
        email: ['somebody@example.org'],
        role: ['officer', 'reader'],
      },
    };
    const routes = routesOf(test.app).filter((r) => r.path !== '/sign-out');
    const [officer, , , , coordinator] = await actors();
    const readers = [officer!, coordinator!].map(
      (headers) => async (path: string) =>
        (await send({ method: 'GET', path, type: null, body: null, who: 0, encoding: null }, headers)).body,
    );
    const forms = (await formsOfPages(routes, values, readers)).filter((f) => f.method === 'POST');
    expect(forms.length).toBeGreaterThan(10);
    const shots = routes.map((route) => {
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
      return shotsAt(route, {
        operation,
        forms: forms.filter((f) => isSentTo(f, route)),
        values,
        actors: ACTORS,
        known,
      });
    });
    const all = fc.sample(fc.oneof(...shots), { numRuns: REQUESTS, seed: SEED });
    const counts: Record<string, number> = {};
    const statuses: Record<number, number> = {};
    const wrong: string[] = [];
    // Reported, not asserted: how long a step takes depends on the machine's load. Limits on the work have
    // their own tests.
    const [delay, steps]: [ReturnType<typeof monitorEventLoopDelay>, { ms: number; at: string }[]] = [
      monitorEventLoopDelay({ resolution: 2 }),
      [],
    ];
    delay.enable();
    let who = await actors();
    for (const [i, shot] of all.entries()) {
      if (i % FRESH_EVERY === 0) who = await actors();
      const before = await changes.count();
      delay.reset();
      const { status, body } = await send(shot, who[shot.who]!);
      steps.push({
        ms: Math.round(delay.max / 1e6),
        at: `${shot.method} ${shot.path.slice(0, 60)} ${shot.type ?? ''} ${status}, ${shot.body?.length ?? 0} of ${JSON.stringify(shot.body?.slice(0, 20) ?? '')}`,
      });
      counts[`${Math.floor(status / 100)}xx`] = (counts[`${Math.floor(status / 100)}xx`] ?? 0) + 1;
      statuses[status] = (statuses[status] ?? 0) + 1;
      const changed = status >= 400 && (await changes.count()) !== before ? await changes.last() : null;
      const problem =
        status >= 500
          ? `says ${status}`
          : INSIDE.test(body) && !shot.path.startsWith('/docs')
            ? 'tells of our inside'
            : changed
              ? `is refused with ${status} and changes ${changed}`
              : null;
      if (problem) wrong.push(`request ${i} ${problem}: ${JSON.stringify(shot).slice(0, 600)}`);
    }
    process.stderr.write(
      `fuzz: seed ${SEED}, ${REQUESTS} requests at ${routes.length} routes (${[...new Set(routes.map(nameOf))].length} of their own), answers ${JSON.stringify(counts)}, by status ${JSON.stringify(statuses)}\n`,
    );
    delay.disable();
    steps.sort((a, b) => b.ms - a.ms);
    const held = steps.filter(({ ms }) => ms > 200).length;
    process.stderr.write(
      `fuzz: ${held} requests held the process for more than 200 ms; the longest steps:\n${steps
        .slice(0, 10)
        .map(({ ms, at }) => `  ${ms} ms: ${at}\n`)
        .join('')}`,
    );
    expect(wrong).toEqual([]);
    // All kinds of response occurred: the requests are neither all invalid nor all valid.
    expect(Math.min(counts['2xx'] ?? 0, counts['3xx'] ?? 0, counts['4xx'] ?? 0)).toBeGreaterThan(
      REQUESTS / 100,
    );
  });
});
