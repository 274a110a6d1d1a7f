import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Queues } from '../../../src/platform/queue/job.js';
import { Workers } from '../../../src/platform/queue/job-runner.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { freshDatabase } from '../../support/database/database.js';
import { EmbeddingServer } from '../../support/matching/embedding-server.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { round } from '../../support/queue/round.js';
import { until } from '../../support/until.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { EmbedJob } from '../../../src/matching/embedding/embed.job.js';

interface Match {
  id: string;
  score: number;
  matchedAt: string;
  call: { title: string };
  evidence: { signal?: string; contribution: number }[];
  reasons: { says: string; contribution: number }[];
}

const scope = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
const birds = (name: string) =>
  aCall(name, { title: `Corridors for ${name}`, sections: scope(`Where ${name} nest and rest.`) });
const calls = [
  ...Array.from({ length: 80 }, (_, i) =>
    aCall(`c${i}`, { title: `Monuments ${i}`, sections: scope(`Frescoes and manuscripts, part ${i}.`) }),
  ),
  birds('storks'),
];
// No other model knows this word.
const profiles = [
  aProfile('lab', {
    competences: [
      { label: 'Xylquanoth', description: '', keywords: ['xylquanoth'], exclusions: [], weight: 1 },
    ],
  }),
];

/** A model that knows the word's meaning; the letters only make each text distinct. */
const knowing = (text: string): number[] => [
  4,
  /xylquanoth|storks|cranes/i.test(text) ? 3 : 0,
  ...Array.from(
    { length: 14 },
    (_, d) => ([...text].reduce((sum, c, i) => sum + c.codePointAt(0)! * (i + d + 3), 0) % 97) / 97 - 0.5,
  ),
];

const config = configWith(profiles);
const clock = new TestClock('2026-05-01T06:00:00Z');
let server: EmbeddingServer;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let t: TestApp;
beforeAll(async () => {
  [server, database] = [await EmbeddingServer.start(), await freshDatabase()];
  server.reads = knowing;
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(async () => {
  await t?.stop();
  await database.drop();
  await server.close();
  config.remove();
});

async function start(model: string | null): Promise<void> {
  await t?.stop();
  t = await startApp(model === null ? {} : { EMBEDDING_URL: server.url, EMBEDDING_MODEL: model }, {
    clock,
    databaseUrl: database.url,
    working: false,
    adjust: on(config.dir),
  });
  await t.app.get(Workers).start();
}

/** Runs the due jobs and the jobs that they cause. */
async function work(): Promise<void> {
  for (let i = 0; i < 2; i += 1) {
    clock.move({ minutes: 1 });
    await round(t.app, [EmbedJob, MatchJob]);
    await until('the queue to be empty', async () => {
      const { embed, match } = await t.app.get(Queues).counts();
      return [embed!, match!].every((c) => !c.waiting && !c.delayed && !c.active);
    });
  }
}

const matches = async (): Promise<Match[]> =>
  (await api<{ items: Match[] }>(t.url, '/v1/matches?profile=lab')).body.items;
const titles = async (): Promise<string[]> => (await matches()).map((m) => m.call.title);
/** Whether the texts of these calls, and not the model alone, are said to have made them fit. */
const news = async (): Promise<Record<string, boolean>> => {
  const rows: { title: string; news: boolean }[] = await t.app
    .get(DataSource)
    .query(
      `SELECT DISTINCT summary->>'title' AS title, by_call AS news FROM event JOIN call ON call.id = call_id WHERE kind = 'match'`,
    );
  return Object.fromEntries(rows.map((row) => [row.title, row.news]));
};
const down = (): void => {
  for (const level of ['warn', 'error'] as const) jest.spyOn(Logger.prototype, level).mockImplementation();
  server.fault = (response) => response.writeHead(401).end();
};
const up = (): void => {
  server.fault = null;
  clock.move({ minutes: 6 });
};

describe('the ranking with a brought model', () => {
  it('goes by the built-in model until the brought one has read everything', async () => {
    await start('one');
    await storeCalls(t.app, calls);
    down();
    await work();
    expect(await titles()).not.toContain('Corridors for storks');
  });

  it('then finds what only that model sees near, and says why, in the words of the call', async () => {
    up();
    await work();
    const [best] = await matches();
    expect(best!.call.title).toBe('Corridors for storks');
    const { body } = await api<Match>(t.url, `/v1/matches/${best!.id}?language=en`);
    expect(body.reasons[0]!.says).toMatch(
      /^The text in the scope \(“Where storks nest and rest\.”\) is close in meaning to your competence “Xylquanoth”: \d+ points\.$/,
    );
    for (const parts of [body.evidence, body.reasons])
      expect(parts.reduce((sum, p) => sum + p.contribution, 0)).toBeCloseTo(body.score, 6);
    const explained = (await api<{ score: number }>(t.url, '/v1/profiles/lab/explain?call=HORIZON-storks'))
      .body;
    expect(explained.score).toBeCloseTo(best!.score, 6);
  });

  it('announces no call of before as news, since nothing but the model is', async () => {
    expect(await news()).toEqual({ 'Corridors for storks': false });
  });

  it('loses nothing in an outage: what is new goes by the built-in model, and by the brought one when it is back', async () => {
    down();
    await storeCalls(t.app, [...calls, birds('cranes')]);
    await work();
    expect(await titles()).toEqual(['Corridors for storks']);
    up();
    await work();
    expect((await titles()).sort()).toEqual(['Corridors for cranes', 'Corridors for storks']);
    expect(await news()).toEqual({ 'Corridors for cranes': true, 'Corridors for storks': false });
  });

  it('goes by the model before as long as another one has not read everything, and then is made anew, once', async () => {
    const before = await matches();
    await start('two');
    down();
    await work();
    expect(await matches()).toEqual(before);
    up();
    await work();
    const after = await matches();
    expect(after.map((m) => m.call.title)).toEqual(before.map((m) => m.call.title));
    expect(after.every((m, i) => m.matchedAt > before[i]!.matchedAt)).toBe(true);
    await work();
    expect(await matches()).toEqual(after);
  });

  it('holds a competence that was edited by the built-in model until the brought one has read it', async () => {
    const { body } = await api(t.url, '/v1/profiles/lab');
    down();
    expect(
      (
        await api(t.url, '/v1/profiles/lab', {
          method: 'PUT',
          body: { ...body, competences: [{ ...body.competences[0], description: 'Of all kinds.' }] },
        })
      ).status,
    ).toBe(200);
    await work();
    expect(await titles()).toEqual([]);
    up();
    await work();
    expect((await titles()).length).toBe(2);
  });

  it('goes by the built-in model again where there is no other any more', async () => {
    await start(null);
    await work();
    expect(await titles()).toEqual([]);
  });
});
