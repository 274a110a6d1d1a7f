import { load } from 'cheerio';
import fc from 'fast-check';
import { Agent, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DataSource } from 'typeorm';
import { api, TOKEN } from '../support/app.js';
import { shotsAt, type Form, type Operation, type Shot } from '../support/pages/fuzz-requests.js';
import type { Schema } from '../support/pages/fuzz-values.js';
import { somebody } from '../support/access/people.js';
import { addressesOf, nameOf, routesOf } from '../support/pages/routes.js';
import { countChanges, type Changes } from '../support/database/count-changes.js';
import { liveValuesOf } from '../support/pages/route-values.js';
import { OWN, startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';

/** A fixed seed repeats the requests; another seed finds others. `npm run fuzz` sends ten times as many. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20260630);
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 500);
/** Actors whom a request removed or signed out are replaced after this many requests. */
const FRESH_EVERY = 100;
const INSIDE = /\n\s+at .*:\d+|node_modules|\b[\w-]+\.(ts|js):\d+|QueryFailedError|ECONNREFUSED/;

/** A larger body is not fully sent if it is refused unread and the connection is closed. */
const MORE_THAN_A_SOCKET_HOLDS = 60_000;

/** The number of actors that `actors` returns. */
const ACTORS = 9;

interface Said {
  status: number;
  body: string;
}

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

  /** Sends a request. A large body may be refused before it is fully read, which closes the connection. */
  const send = (
    { method, path, type, body, encoding }: Shot,
    headers: Record<string, string>,
  ): Promise<Said> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(world.test.url);
      const all = {
        ...headers,
        ...(type !== null && { 'content-type': type }),
        ...(encoding !== null && body !== null && { 'content-encoding': encoding }),
        ...(body !== null && { 'content-length': String(Buffer.byteLength(body)) }),
      };
      const sent = request({ hostname, port, path, method, headers: all, agent }, (response) => {
        let text = '';
        response
          .setEncoding('utf8')
          .on('data', (piece: string) => {
            text += piece;
          })
          .on('end', () => resolve({ status: response.statusCode!, body: text }));
      });
      const isLarge = (body?.length ?? 0) > MORE_THAN_A_SOCKET_HOLDS;
      sent.on('error', (error: NodeJS.ErrnoException) =>
        isLarge && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '')
          ? resolve({ status: 413, body: '' })
          : sent.reusedSocket && error.code === 'ECONNRESET'
            ? // The server closed the connection after refusing the previous request: this one was not read.
              resolve(send({ method, path, type, body, encoding } as Shot, headers))
            : reject(
                new Error(
                  `${method} ${path.slice(0, 80)} with a body of ${body?.length ?? 0}: ${error.message}`,
                ),
              ),
      );
      sent.end(body ?? undefined);
    });

  /** Returns the forms of all pages, as shown to people who may submit them. */
  async function formsOfPages(values: Record<string, string | string[]>): Promise<Form[]> {
    const forms: Form[] = [];
    const [officer, , , , coordinator] = await actors();
    for (const route of routesOf(world.test.app).filter(
      (r) => r.method === 'GET' && !r.path.startsWith('/v1/'),
    )) {
      for (const headers of [officer!, coordinator!]) {
        const page = load(
          (
            await send(
              {
                method: 'GET',
                path: addressesOf(route, values)[0]!,
                type: null,
                body: null,
                who: 0,
                encoding: null,
              },
              headers,
            )
          ).body,
        );
        page('form[method=post]').each((_, form) => {
          const fields: Form['fields'] = {};
          page(form)
            .find('[name]')
            .each((__, field) => {
              const options = page(field)
                .find('option')
                .map((___, o) => page(o).attr('value') ?? '')
                .get();
              (fields[page(field).attr('name')!] ??= []).push(
                ...(options.length ? options : [page(field).attr('value') ?? page(field).text()]),
              );
            });
          forms.push({ action: page(form).attr('action') ?? route.path, fields });
        });
      }
    }
    return forms;
  }

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
    const forms = await formsOfPages(values);
    expect(forms.length).toBeGreaterThan(10);
    const routes = routesOf(test.app).filter((r) => r.path !== '/sign-out');
    const shots = routes.map((route) => {
      const at = new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`);
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
      return shotsAt(route, {
        operation,
        forms: forms.filter((f) => at.test(f.action)),
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
