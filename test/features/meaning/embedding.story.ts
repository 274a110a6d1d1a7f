import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { passagesOf, textHash, textOfCompetence } from '../../../src/matching/domain/embedding/texts.js';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { EmbeddingRepository, VectorStore } from '../../../src/matching/store/embedding.repository.js';
import { Queues } from '../../../src/platform/queue/job.js';
import { Workers } from '../../../src/platform/queue/job-runner.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { freshDatabase } from '../../support/database/database.js';
import { EmbeddingServer } from '../../support/matching/embedding-server.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { round } from '../../support/queue/round.js';
import { eventually, until, worked } from '../../support/until.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { EmbedJob } from '../../../src/matching/embedding/embed.job.js';

const CALLS = Array.from({ length: 150 }, (_, i) => aCall(`c${i}`, { title: `Wind turbine ${i}` }));
const PROFILES = [
  aProfile('wind'),
  aProfile('sun', {
    competences: ['Solar cells', 'Énergie solaire'].map((label) => ({
      label,
      description: '',
      keywords: ['solar'],
      exclusions: [],
      weight: 1,
    })),
  }),
];
const textsOf = (calls: CallContent[], profiles = PROFILES) => [
  ...calls.flatMap((c) => passagesOf(c).map((p) => p.text)),
  ...profiles.flatMap((p) => p.competences.map(textOfCompetence)),
];
const TEXTS = textsOf(CALLS);

const config = configWith(PROFILES);
let server: EmbeddingServer;
let database: Awaited<ReturnType<typeof freshDatabase>>;
const clock = new TestClock('2026-05-01T06:00:00Z');
const running: TestApp[] = [];
beforeAll(async () => {
  server = await EmbeddingServer.start();
});
beforeEach(async () => {
  server.fault = null;
  server.asked.length = 0;
  database = await freshDatabase();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stopAll();
  await database.drop();
});
afterAll(async () => {
  await server.close();
  config.remove();
});

/** Stops all workers: those with another model would take each other's jobs. */
async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((r) => r.stop()));
}

/** Starts an installation with this model, or the built-in one; it checks what is due only on demand. */
async function start(model: string | null, options: { stored?: boolean } = {}): Promise<TestApp> {
  const variables: Record<string, string> =
    model === null ? {} : { EMBEDDING_URL: server.url, EMBEDDING_MODEL: model };
  const seldom: Parameters<typeof startApp>[1] = {
    clock,
    databaseUrl: database.url,
    working: false,
    adjust: on(config.dir),
  };
  const started = await startApp(variables, seldom);
  running.push(started);
  if (!options.stored) await storeCalls(started.app, CALLS);
  await started.app.get(Workers).start();
  return started;
}

const idle = (t: TestApp) =>
  until('the queue to be empty', async () => {
    const { embed, match } = await t.app.get(Queues).counts();
    return [embed!, match!].every((c) => !c.waiting && !c.delayed && !c.active);
  });
async function tick(t: TestApp): Promise<void> {
  await round(t.app, [EmbedJob, MatchJob]);
  await idle(t);
}
const store = (t: TestApp): VectorStore => t.app.get(VectorStore);
/** The model that matching uses. */
const serving = async (t: TestApp): Promise<string | null> => (await store(t).serving())?.model ?? null;
const vectorsOf = (t: TestApp, texts = TEXTS) =>
  t.app.get(EmbeddingRepository).findByHashes(store(t).model ?? '', texts.map(textHash));
const there = async (t: TestApp, texts = TEXTS): Promise<number> => (await vectorsOf(t, texts)).size;

describe('the texts of calls and profiles', () => {
  it("are read in the background by the operator's model, each once, and then there is nothing due", async () => {
    const said = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    const t = await start('bag');
    expect([store(t).model, await there(t), await serving(t)]).toEqual(['endpoint-2 bag', 0, null]);
    await tick(t);
    const vectors = await vectorsOf(t);
    expect(new Set(vectors.keys())).toEqual(new Set(TEXTS.map(textHash)));
    expect(await serving(t)).toBe('endpoint-2 bag');
    expect(server.texts).toBe(TEXTS.length);
    expect(said.mock.calls.map(([text]) => text)).toContain(
      `endpoint-2 bag has read every call and competence: ${TEXTS.length} vectors so far`,
    );
    expect(await t.app.get(EmbedJob).due()).toEqual([]);
    await tick(t);
    expect(server.texts).toBe(TEXTS.length);
  });

  it('that are new are read alone, and the matching is told of them', async () => {
    const t = await start('bag');
    await tick(t);
    const asked = server.texts;
    const changed = [
      ...CALLS.slice(0, -1),
      aCall('c149', { title: 'Tidal turbine' }),
      aCall('c150', { title: 'Wave energy' }),
    ];
    await storeCalls(t.app, changed);
    await tick(t);
    expect([server.texts - asked, await there(t, textsOf(changed))]).toEqual([2, TEXTS.length + 1]);
    const { body } = await api(t.url, '/v1/profiles/wind');
    const edited = {
      ...body,
      competences: [...body.competences, { ...body.competences[0], label: 'Tidal energy' }],
    };
    expect((await api(t.url, '/v1/profiles/wind', { method: 'PUT', body: edited })).status).toBe(200);
    await tick(t);
    expect([server.texts - asked, await there(t, [textOfCompetence(edited.competences[1])])]).toEqual([3, 1]);
  });

  it('are not read again where a process ended in the middle', async () => {
    const t = await start('bag');
    let answers = 0;
    server.fault = (response, data) => {
      answers += 1;
      if (answers <= 3) EmbeddingServer.send(response, data);
      else response.writeHead(400).end();
    };
    jest.spyOn(Logger.prototype, 'error').mockImplementation();
    await tick(t);
    const kept = await there(t);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(TEXTS.length);
    await stopAll();
    server.fault = null;
    server.asked.length = 0;
    clock.move({ minutes: 6 });
    const next = await start('bag', { stored: true });
    await tick(next);
    expect([await there(next), server.texts]).toEqual([TEXTS.length, TEXTS.length - kept]);
    expect(await serving(next)).toBe('endpoint-2 bag');
  });

  it('are told to the matching though the process ended before it could say so', async () => {
    const t = await start('bag');
    await tick(t);
    await t.app.get(DataSource).query('UPDATE embedding_progress SET ready = false');
    await tick(t);
    expect([await serving(t), server.texts]).toEqual(['endpoint-2 bag', TEXTS.length]);
  });
});

describe('a model that cannot be asked', () => {
  const pausedFor = async (t: TestApp): Promise<number> => {
    const [{ until: at }] = await t.app
      .get(DataSource)
      .query('SELECT paused_until AS until FROM embedding_progress');
    return Math.round(((at as Date).getTime() - clock.now().getTime()) / 60_000);
  };

  it.each<[string, () => void, number, number]>([
    [
      'is down',
      () => {
        server.fault = (response) => response.socket!.destroy();
      },
      6,
      5,
    ],
    [
      'refuses us',
      () => {
        server.fault = (response) => response.writeHead(401).end();
      },
      1,
      5,
    ],
    [
      'wants an hour of rest',
      () => {
        server.fault = (response) => response.writeHead(429, { 'retry-after': '3600' }).end();
      },
      1,
      60,
    ],
    [
      'wants a year of rest',
      () => {
        server.fault = (response) => response.writeHead(429, { 'retry-after': '31536000' }).end();
      },
      1,
      300,
    ],
    [
      'makes no sense',
      () => {
        server.fault = (response, data) => EmbeddingServer.send(response, data.slice(1));
      },
      1,
      5,
    ],
  ])(
    'since it %s is left alone for a while, which the log says, and matching goes on',
    async (_name, fail, tries, minutes) => {
      const [warned, failed] = (['warn', 'error'] as const).map((level) =>
        jest.spyOn(Logger.prototype, level).mockImplementation(),
      );
      const t = await start('bag');
      fail();
      await tick(t);
      expect(server.asked).toHaveLength(tries);
      expect(failed!.mock.calls.map(([text]) => text)).toEqual([
        expect.stringMatching(/^embed: the server in EMBEDDING_URL: /),
      ]);
      expect(warned!.mock.calls.map(([text]) => text)).toContain(
        `The model in EMBEDDING_URL or EMBEDDING_MODEL_DIR is not available; matching continues without it, next try in ${minutes} minutes.`,
      );
      expect(await pausedFor(t)).toBe(minutes);
      expect((await api(t.url, '/v1/matches?profile=wind')).body.total).toBeGreaterThan(0);
      expect([await t.app.get(EmbedJob).due(), await there(t), await serving(t)]).toEqual([[], 0, null]);
      server.fault = null;
      clock.move({ minutes: minutes + 1 });
      await tick(t);
      expect(await there(t)).toBe(TEXTS.length);
    },
  );

  it('for a moment is asked again by itself', async () => {
    const t = await start('bag');
    server.fault = (response, data) => {
      if (server.asked.length === 2) response.writeHead(503).end();
      else EmbeddingServer.send(response, data);
    };
    await tick(t);
    expect(await there(t)).toBe(TEXTS.length);
  });

  it('and hangs does not hold up answers, nor the end of the process', async () => {
    const t = await start('bag');
    server.fault = () => undefined;
    await round(t.app, [EmbedJob]);
    void worked();
    await eventually('the model to be asked', async () => server.asked.length > 0);
    expect((await api(t.url, '/v1/calls?limit=1')).status).toBe(200);
    await stopAll();
  });
});

describe('another model', () => {
  it('reads all anew, and the one before it serves until it has', async () => {
    const before = await start('bag');
    await tick(before);
    await stopAll();
    const after = await start('other', { stored: true });
    expect([await there(after), await serving(after)]).toEqual([0, 'endpoint-2 bag']);
    server.size = 32;
    await tick(after);
    server.size = 64;
    expect([server.asked.at(-1)!.model, await there(after), await serving(after)]).toEqual([
      'other',
      TEXTS.length,
      'endpoint-2 other',
    ]);
    expect((await vectorsOf(after, TEXTS.slice(0, 1))).get(textHash(TEXTS[0]!))).toHaveLength(32);
    const kept = await after.app
      .get(DataSource)
      .query('SELECT model, count(*)::int AS n FROM embedding GROUP BY 1 ORDER BY 1');
    expect(kept).toEqual([
      { model: 'endpoint-2 bag', n: TEXTS.length },
      { model: 'endpoint-2 other', n: TEXTS.length },
    ]);
  });

  it('takes its place for good a day later: what it made goes, and would be made anew', async () => {
    const before = await start('bag');
    await tick(before);
    await stopAll();
    clock.move({ hours: 25 });
    const after = await start('other', { stored: true });
    await tick(after);
    expect(await after.app.get(DataSource).query('SELECT DISTINCT model FROM embedding')).toEqual([
      { model: 'endpoint-2 other' },
    ]);
    await stopAll();
    server.asked.length = 0;
    const back = await start('bag', { stored: true });
    await tick(back);
    expect([await there(back), server.texts, await serving(back)]).toEqual([
      TEXTS.length,
      TEXTS.length,
      'endpoint-2 bag',
    ]);
  });
});

describe('the built-in model', () => {
  it('has nothing made in the background', async () => {
    const t = await start(null);
    expect([store(t).model, await there(t), await serving(t), await t.app.get(EmbedJob).due()]).toEqual([
      null,
      0,
      null,
      [],
    ]);
    await tick(t);
    for (const table of ['embedding', 'embedding_progress'])
      expect(await t.app.get(DataSource).query(`SELECT 1 FROM ${table}`)).toEqual([]);
    expect(server.asked).toEqual([]);
  });
});
