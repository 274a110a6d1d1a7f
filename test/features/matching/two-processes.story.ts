import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SchedulerRegistry } from '@nestjs/schedule';
import { MatchJob } from '../../../src/matching/match.job.js';
import type { MatchingModel } from '../../../src/matching/domain/scoring/matcher.js';
import { SettingRepository } from '../../../src/platform/database/setting.repository.js';
import { type NextJob, Queues } from '../../../src/platform/queue/job.js';
import { Ticker } from '../../../src/platform/schedule/ticker.js';
import { startApp, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { freshDatabase } from '../../support/database/database.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';

describe('two workers on one database', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let one: TestApp;
  let other: TestApp;
  const start = (fingerprint: string) =>
    startApp(
      {},
      {
        databaseUrl: database.url,
        working: false,
        clock,
        adjust: (wiring) => ({
          ...wiring,
          model: Object.assign(Object.create(wiring.model) as MatchingModel, { fingerprint }),
        }),
      },
    );
  beforeAll(async () => {
    database = await freshDatabase();
    one = await start('one');
    other = await start('other');
    await storeCalls(one.app, [aCall('1')], 'run', new Date());
  });
  afterAll(async () => {
    await one?.stop();
    await other?.stop();
    await database?.drop();
  });
  const rows = <T>(sql: string): Promise<T[]> => one.app.get(DataSource).query(sql);

  it('that match differently have all matched anew once each, and not in turns', async () => {
    /** Returns how many profiles a look of this worker has matched anew. */
    const anew = async (worker: TestApp): Promise<number> => {
      await rows('UPDATE profile SET matched_revision = revision');
      await worker.app.get(MatchJob).due();
      const [{ n }] = (await rows<{ n: number }>(
        'SELECT count(*)::int AS n FROM profile WHERE matched_revision < revision',
      )) as [{ n: number }];
      return n;
    };
    expect(await anew(one)).toBeGreaterThan(0);
    expect(await anew(other)).toBeGreaterThan(0);
    const warned: string[] = [];
    Logger.overrideLogger({
      log: () => undefined,
      error: () => undefined,
      warn: (text: string) => warned.push(text),
    });
    for (const worker of [one, other, one, other]) expect(await anew(worker)).toBe(0);
    expect(warned).toEqual([]);
    clock.move({ minutes: 1 });
    for (const worker of [one, other, one]) expect(await anew(worker)).toBe(0);
    expect(warned).toEqual([expect.stringMatching(/^Another process matches with other settings/)]);
    Logger.overrideLogger(false);
  });

  it('that match differently leave nothing as the former matched it: the one that began last matches that anew', async () => {
    const due = async (worker: TestApp): Promise<string[]> =>
      (await worker.app.get(MatchJob).due()).map(({ data }) => data['profileId']!);
    const [{ id }] = (await rows('SELECT id FROM profile ORDER BY id LIMIT 1')) as [{ id: string }];
    const match = (worker: TestApp) => worker.app.get(MatchJob).run({ profileId: id });
    await match(other);
    expect(await due(other)).not.toContain(id);
    await rows(`UPDATE profile SET revision = revision + 1 WHERE id = '${id}'`);
    await match(one);
    expect(await due(one)).not.toContain(id);
    expect(await due(other)).toContain(id);
    await match(other);
    for (const worker of [one, other]) expect(await due(worker)).not.toContain(id);
  });

  it('look for due work in turns, each at its start, and another version by itself', async () => {
    const looked: string[] = [];
    const worker = (name: string, version: string) => {
      const ticker = new Ticker(new SchedulerRegistry(), one.app.get(Queues));
      const checks = [{ due: async () => (looked.push(name), []) }];
      const turn = () => one.app.get(SettingRepository).takeTurn(`tick ${version}`, 9);
      return { look: () => ticker.tick(checks, turn), start: () => ticker.tick(checks) };
    };
    const [a, b, newer] = [worker('a', '1'), worker('b', '1'), worker('newer', '2')];
    await a.start();
    await b.start();
    for (const each of [a, b, a, newer]) await each.look();
    expect(looked).toEqual(['a', 'b', 'a', 'newer']);
    await rows(`UPDATE setting SET value = to_jsonb(now() - interval '10 seconds') WHERE key = 'tick 1'`);
    for (const each of [b, a, newer]) await each.look();
    expect(looked.slice(4)).toEqual(['b']);
  });

  it('do not wait for one that cannot queue what it finds: it leaves the next turn to another', async () => {
    const looked: string[] = [];
    const worker = (name: string, due: () => Promise<NextJob[]>) => {
      const ticker = new Ticker(new SchedulerRegistry(), one.app.get(Queues));
      const turn = () => one.app.get(SettingRepository).takeTurn('tick 3', 0);
      return () => ticker.tick([{ due: () => (looked.push(name), due()) }], turn);
    };
    const cutOff = worker('cut off', () => Promise.reject(new Error('no queue')));
    const well = worker('well', async () => []);
    for (const look of [cutOff, cutOff, well, cutOff, cutOff]) await look();
    expect(looked).toEqual(['cut off', 'well', 'cut off']);
  });
});
