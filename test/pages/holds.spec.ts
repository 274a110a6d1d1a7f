import { Agent } from 'node:http';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe as describeApi } from '../../src/app/api.js';
import { readSampleCalls } from '../../src/demo/sample-calls.js';
import { MatchJob } from '../../src/matching/match.job.js';
import { Corpus } from '../../src/matching/corpus.js';
import { DataSource } from 'typeorm';
import { PERMISSIONS } from '../../src/kernel/actor.js';
import type { Route } from '../../src/platform/access/rule.js';
import { CONFIG_FOLDER } from '../../src/app/wiring.js';
import { PasskeyEntity } from '../../src/access/store/sign-in.entity.js';
import { passkeyRow } from '../support/access/authenticator.js';
import { somebody } from '../support/access/people.js';
import { startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { aCall, storeCalls } from '../support/matching/calls.js';
import { formsOfPages } from '../support/pages/forms.js';
import { sendRaw, type RawRequest } from '../support/pages/raw-requests.js';
import { liveValuesOf } from '../support/pages/route-values.js';
import { addressesOf, nameOf, routesOf } from '../support/pages/routes.js';
import { textWays, type Known, type TextWay } from '../support/pages/text-routes.js';
import { SHAPES } from '../support/pages/text-shapes.js';
import { ofThread } from '../support/cpu-seconds.js';
import { RELEASE } from '../support/release.js';

/**
 * `HOLDS=all` sends every shape in every way, among as many calls as are open at a time, and prints what it
 * found (`npm run bench -- holds`), as before a release; otherwise a sample is sent.
 */
const ALL = RELEASE || process.env['HOLDS'] === 'all';
const CALLS = ALL ? 700 : 60;
/** Each way is sent one shape in so many; the next way starts with the next shape. */
const ONE_IN = ALL ? 1 : SHAPES.length;
/** Nothing else is answered meanwhile. */
const LONGEST_MS = 1_000;
/** Shorter holds are not printed. */
const PRINTED_MS = ALL ? 50 : 200;

interface Hold {
  ms: number;
  status: number;
  at: string;
}

/** Measures the longest turn of the loop, without the time in which other processes had the processor. */
class LongestTurn {
  private readonly delay = monitorEventLoopDelay({ resolution: 1 });
  private readonly look = setInterval(() => this.read(), 1);
  private used = 0;
  private processor = 0;

  constructor() {
    this.delay.enable();
  }

  begin(): void {
    this.delay.reset();
    this.read();
    this.processor = 0;
  }

  end(): number {
    this.read();
    return Math.round(Math.min(this.delay.max / 1e6, this.processor));
  }

  stop(): void {
    this.delay.disable();
    clearInterval(this.look);
  }

  /**
   * The time of the processor since the turn before, of the thread alone: those that compile and collect
   * garbage hold nobody up.
   */
  private read(): void {
    const { user, system } = ofThread();
    const now = (user + system) / 1e3;
    this.processor = Math.max(this.processor, now - this.used);
    this.used = now;
  }
}

describe('the event loop', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const holds: Hold[] = [];
  /** The lowest status of each route's answers. */
  const lowest = new Map<string, number>();
  const turn = new LongestTurn();
  let world: TwoInstitutes;
  /** Of the holder, who has not shown it yet. */
  let passkey: PasskeyEntity;
  let routes: Route[];
  let values: Record<string, string | string[]>;
  let readers: Record<'officer' | 'coordinator' | 'holder', string>;

  beforeAll(async () => {
    // Browsers make passkeys for this name.
    world = await startTwoInstitutes({
      adjust: (wiring) => ({ ...wiring, env: { ...wiring.env, PUBLIC_URL: 'http://calls.localhost' } }),
    });
    const samples = readSampleCalls(join(CONFIG_FOLDER, 'demo', 'calls'));
    const calls = Array.from({ length: CALLS }, (_, i) => {
      const { title, text = '', sections = { Scope: text } } = samples[i % samples.length]!;
      return aCall(`S${i}`, {
        title: `${title} ${i}`,
        sections: Object.entries(sections).map(([name, said]) => ({
          kind: 'scope',
          title: name,
          text: said,
        })),
      });
    });
    await storeCalls(world.test.app, calls, 'funding-tenders');
    await world.test.app.get(Corpus).refresh();
    for (const profileId of ['3bcar', 'leti']) await world.test.app.get(MatchJob).run({ profileId });
    values = liveValuesOf(world);
    describeApi(world.test.app);
    routes = routesOf(world.test.app).filter((r) => r.path !== '/sign-out');
  });
  // Some requests end the session with which they are sent.
  const signIn = async () => {
    const [officer, coordinator] = [
      await somebody(world.test, { role: 'officer', profile: 'leti' }),
      await somebody(world.test, { role: 'coordinator' }),
    ];
    const holder = await somebody(world.test, { role: 'reader', profile: 'leti' });
    passkey = passkeyRow(randomUUID(), holder.person.id, 'Laptop');
    await world.test.app.get(DataSource).getRepository(PasskeyEntity).insert(passkey);
    readers = { officer: officer.cookie, coordinator: coordinator.cookie, holder: holder.cookie };
  };
  beforeEach(signIn);
  afterAll(async () => {
    print();
    turn.stop();
    agent.destroy();
    await world?.stop();
  });

  /** Sends a request as somebody who may, and notes how long the loop was held until it was answered. */
  async function send(
    raw: RawRequest,
    who: keyof typeof readers,
    at: string,
  ): Promise<{ status: number; body: string }> {
    turn.begin();
    const answer = await sendRaw(world.test.url, agent, raw, {
      cookie: readers[who],
      'sec-fetch-site': 'same-origin',
      accept: raw.path.startsWith('/v1/') ? 'application/json' : 'text/html',
    });
    holds.push({ ms: turn.end(), status: answer.status, at });
    return answer;
  }
  const readerOf = ({ rule }: Route): keyof typeof readers =>
    rule?.kind === 'permission' && PERMISSIONS[rule.permission] === 'network' ? 'coordinator' : 'officer';
  const get = (path: string): RawRequest => ({ method: 'GET', path, type: null, body: null });

  let known: TextWay[] | undefined;
  async function ways(): Promise<TextWay[]> {
    if (known) return known;
    const document = JSON.parse(
      (await send(get('/docs-json'), 'officer', 'the first GET /docs-json')).body,
    ) as Known['document'];
    const read = (who: keyof typeof readers) => async (path: string) =>
      (await send(get(path), who, `GET ${path}`)).body;
    const forms = await formsOfPages(routes, values, [read('officer'), read('coordinator')]);
    return (known = textWays(routes, {
      document,
      forms,
      values,
      topic: 'HORIZON-W0',
      named: {
        id: 'leti',
        call: world.ids.call,
        researcher: world.ids.researcher,
        researchers: [world.ids.researcher],
        email: 'somebody@example.org',
        group: 'wind',
        channel: 'webhook',
        address: 'https://hooks.example.org/1',
        month: '2026-06',
        role: 'reader',
      },
    }));
  }

  function print(): void {
    const longest = [...holds].sort((a, b) => b.ms - a.ms).filter(({ ms }) => ms >= PRINTED_MS);
    const lines = longest.map(({ ms, status, at }) => `  ${ms} ms  ${status}  ${at}\n`);
    process.stderr.write(
      `holds: ${holds.length} requests to ${lowest.size} routes; longer than ${PRINTED_MS} ms:\n${lines.join('')}`,
    );
  }

  /** Returns the requests that held the loop for too long since so many requests. */
  const tooLong = (since: number): Hold[] => holds.slice(since).filter((h) => h.ms >= LONGEST_MS);

  it.each(SHAPES.map((shape, place) => [shape.name, shape, place] as const))(
    'is held for less than a second by a text of %s, at every route that takes a text and every page afterwards',
    async (_, shape, place) => {
      const since = holds.length;
      for (const [w, way] of (await ways()).entries()) {
        if ((w + place) % ONE_IN !== 0) continue;
        const { status } = await send(way.of(shape), readerOf(way.route), `${way.name}: ${shape.name}`);
        const name = nameOf(way.route);
        lowest.set(name, Math.min(status, lowest.get(name) ?? 999));
      }
      await signIn();
      if (ALL || place === SHAPES.length - 1)
        for (const route of routes.filter((r) => r.method === 'GET'))
          for (const path of addressesOf(route, values))
            await send(get(path), readerOf(route), `GET ${path}, after ${shape.name}`);
      expect(tooLong(since)).toEqual([]);
    },
  );

  it.each(SHAPES.filter((_, i) => ALL || i % 6 === 0).map((shape) => [shape.name, shape] as const))(
    'is held for less than a second by what a script sends for a device that answers with %s',
    async (_, shape) => {
      const since = holds.length;
      const bytes = Buffer.from(shape.of(15_000)).subarray(0, 15_000).toString('base64url');
      const signed = { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes };
      const made = { clientDataJSON: bytes, attestationObject: bytes };
      for (const [path, who, response] of [
        ['/sign-in/passkey', 'holder', signed],
        ['/sign-in/passkey/new', 'officer', made],
      ] as const) {
        const id = passkey.credential;
        const answers = {
          'a response': JSON.stringify({ id, rawId: id, type: 'public-key', response }),
          'another document': shape.json?.(60_000) ?? JSON.stringify(shape.of(60_000)),
          'a text': shape.of(60_000),
        };
        const statuses = [];
        // A passkey has a name, whatever its device answers.
        const name = shape.of(100).slice(0, 100).trim() || 'Laptop';
        for (const [which, answer] of Object.entries(answers)) {
          const type = 'application/x-www-form-urlencoded';
          const body = new URLSearchParams({
            next: shape.of(2_000).slice(0, 2_000),
            name,
            answer,
          }).toString();
          const asked = { method: 'POST', path: `${path}/challenge`, type: null, body: '' };
          expect((await send(asked, who, asked.path)).status).toBe(200);
          const at = `POST ${path}: ${which} of ${shape.name}`;
          statuses.push((await send({ method: 'POST', path, type, body }, who, at)).status);
        }
        // The first reaches the library, which refuses it.
        expect([path, statuses]).toEqual([path, who === 'holder' ? [403, 403, 403] : [403, 422, 422]]);
      }
      expect(tooLong(since)).toEqual([]);
    },
  );

  it('is held for less than a second by the pages of versions in which the words of all competences were reordered', async () => {
    const since = holds.length;
    const words = SHAPES.find(({ name }) => name === 'invented words')!
      .of(300_000)
      .split(' ');
    const orders: Record<string, (all: string[]) => string[]> = {
      'as they were': (all) => all,
      'two by two': (all) => all.map((_, i) => all[i ^ 1] ?? ''),
      'the last first': (all) => all.toReversed(),
    };
    for (const [name, order] of Object.entries(orders)) {
      const profile = {
        id: 'leti',
        name: 'Carnot Leti',
        contacts: [{ name: 'Somebody', email: 'somebody@example.org' }],
        competences: Array.from({ length: 50 }, (_, i) => ({
          label: `Competence ${i}`,
          description: order(words.slice(i * 600, (i + 1) * 600))
            .join(' ')
            .slice(0, 3_990),
        })),
      };
      const put = {
        method: 'PUT',
        path: '/v1/profiles/leti',
        type: 'application/json',
        body: JSON.stringify(profile),
      };
      const saved = await send(put, 'officer', `PUT of 50 descriptions of 3,990 characters, ${name}`);
      const { version } = JSON.parse(saved.body) as { version: number };
      const path = `/institutes/leti/profile/versions/${version - 1}`;
      const page = await send(get(path), 'officer', `GET of the version before, ${name}`);
      expect([saved.status, page.status]).toEqual([200, 200]);
    }
    expect(tooLong(since)).toEqual([]);
  });
});
