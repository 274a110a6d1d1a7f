import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { BackUpJob } from '../../../src/backups/back-up.job.js';
import { BackupMonitor } from '../../../src/backups/backup-monitor.js';
import { BackupService } from '../../../src/app/backup-service.js';
import { Backups } from '../../../src/backups/backups.js';
import { MetricsRepository } from '../../../src/monitoring/store/metrics.repository.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { SETTINGS } from '../../../src/platform/tokens.js';
import { TestClock } from '../../support/clock.js';
import { somebody } from '../../support/access/people.js';

const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-backups-'));
const clock = new TestClock('2026-06-01T08:00:00Z');
let test: TestApp;
beforeAll(async () => {
  test = await startApp(
    { BACKUP_DIR: join(folder, 'kept'), DATA_DIR: join(folder, 'data') },
    { clock, working: false },
  );
});
afterAll(async () => {
  await test?.stop();
  rmSync(folder, { recursive: true });
});

const job = () => test.app.get(BackUpJob);
const kept = () => readdirSync(join(folder, 'kept')).sort();
const alarms = async () => {
  await test.app.get(BackupMonitor).due();
  return (await api(test.url, '/v1/alarms?open=true')).body.items.filter((a: any) => a.subject === 'backup');
};
/** The work of a night, as the ticker and a worker do it. */
const night = async (): Promise<number> => {
  const due = await job().due();
  for (const _ of due) await job().run();
  return due.length;
};

describe('the backups of an installation', () => {
  it('are expected by the monitoring from the first look on, although none was made yet', async () => {
    await job().due();
    // Not by /metrics, which would give this answer to the next test, too, for some seconds.
    const figures = await test.app.get(MetricsRepository).figures();
    const at = Date.parse('2026-06-01T08:00:00Z') / 1000;
    expect(figures.carnot_backup_expected_since_timestamp_seconds).toEqual([{ labels: {}, value: at }]);
    expect(figures.carnot_backup_last_success_timestamp_seconds).toEqual([]);
  });

  it('begin in the first night, one a night, at the hour that is set, and one is tried', async () => {
    expect(await night()).toBe(0);
    clock.set('2026-06-02T00:29:00Z');
    expect(await night()).toBe(0);
    clock.set('2026-06-02T00:30:00Z');
    expect(await night()).toBe(1);
    expect(await night()).toBe(0);
    expect(kept()).toEqual(['carnot-2026-06-02T003000Z.backup']);
    expect(await test.app.get(Backups).state()).toMatchObject({
      last: { at: '2026-06-02T00:30:00.000Z', bytes: expect.any(Number) },
      trial: { at: '2026-06-02T00:30:00.000Z', rows: expect.any(Number), trouble: null },
      encrypted: false,
    });
    clock.set('2026-06-03T00:30:00Z');
    await night();
    expect((await test.app.get(Backups).state())?.trial?.at).toBe('2026-06-02T00:30:00.000Z');
    expect(await alarms()).toEqual([]);
  });

  it('are rotated; a file of somebody else in their folder stays', async () => {
    writeFileSync(join(folder, 'kept', 'carnot.backup'), '');
    // What a process that was killed left behind, two days ago and just now.
    for (const [name, daysAgo] of [
      ['carnot-2026-06-01T003000Z.backup.part', 2],
      ['carnot-2026-06-12T003000Z.backup.age.part', 0],
    ] as const) {
      writeFileSync(join(folder, 'kept', name), '');
      utimesSync(join(folder, 'kept', name), Date.now() / 1000, Date.now() / 1000 - daysAgo * 86_400);
    }
    for (let day = 4; day <= 12; day += 1) {
      clock.set(`2026-06-${String(day).padStart(2, '0')}T00:30:00Z`);
      await night();
    }
    expect(kept()).toEqual([
      ...['06', '07', '08', '09', '10', '11', '12'].map((day) => `carnot-2026-06-${day}T003000Z.backup`),
      'carnot-2026-06-12T003000Z.backup.age.part',
      'carnot.backup',
    ]);
    rmSync(join(folder, 'kept', 'carnot-2026-06-12T003000Z.backup.age.part'));
  });

  it('that fail are tried again in an hour, and the operator hears of it after a day and a half', async () => {
    rmSync(join(folder, 'kept'), { recursive: true });
    writeFileSync(join(folder, 'kept'), 'a file where the folder should be');
    clock.set('2026-06-13T00:30:00Z');
    const [due] = await job().due();
    const error: Error = await job()
      .run()
      .then(
        () => new Error('it did not fail'),
        (e: Error) => e,
      );
    await job().giveUp({}, error);
    expect([due, await job().due()]).toEqual([expect.objectContaining({ name: 'back-up' }), []]);
    expect(await alarms()).toEqual([]);
    clock.set('2026-06-13T12:31:00Z');
    expect(await job().due()).toHaveLength(1);
    expect(await alarms()).toEqual([
      expect.objectContaining({
        state: 'overdue',
        name: 'The backup',
        reason: expect.stringMatching(/^the last one was made on 2026-06-12: E\w+/),
      }),
    ]);
    const coordinator = await somebody(test, { role: 'coordinator' });
    const $ = load((await coordinator.get('/sources')).body);
    expect($('#backups').closest('section').text()).toContain('12 June 2026');
    expect($('#backups').closest('section').text()).toMatch(
      /not encrypted.*rows read back.*beside the tables in use.*Last failure/s,
    );
    rmSync(join(folder, 'kept'));
    await night();
    expect(kept()).toEqual(['carnot-2026-06-13T123100Z.backup']);
    expect(await alarms()).toEqual([]);
  });

  it('are kept where the trial fails; the operator hears why, and the next night tries again', async () => {
    const database = test.app.get(DataSource);
    await database.query('CREATE SCHEMA carnot_trial');
    clock.set('2026-07-14T00:30:00Z');
    expect([await night(), kept().at(-1)]).toEqual([1, 'carnot-2026-07-14T003000Z.backup']);
    expect(await alarms()).toEqual([
      expect.objectContaining({ state: 'unproven', reason: expect.stringContaining('already exists') }),
    ]);
    const failed = async () =>
      (await test.app.get(MetricsRepository).figures()).carnot_backup_trial_failed.map(({ value }) => value);
    expect(await failed()).toEqual([1]);
    // That none is made any more weighs more, and is not passed over for it.
    clock.set('2026-07-15T12:31:00Z');
    expect(await test.app.get(Backups).health()).toMatchObject({ state: 'overdue' });
    await database.query('DROP SCHEMA carnot_trial');
    clock.set('2026-07-15T00:30:00Z');
    await night();
    expect((await test.app.get(Backups).state())?.trial).toMatchObject({ trouble: null });
    expect([await alarms(), await failed()]).toEqual([[], [0]]);
  });

  it('are seen by the network alone', async () => {
    const officer = await somebody(test, { role: 'officer', profile: 'leti' });
    expect((await officer.get('/sources')).body).not.toContain('id="backups"');
  });

  it('are figures for the monitoring', async () => {
    const text = await (await fetch(new URL('/metrics', test.url))).text();
    const at = Date.parse('2026-07-15T00:30:00Z') / 1000;
    expect(text).toMatch(new RegExp(`^carnot_backup_last_success_timestamp_seconds ${at}$`, 'm'));
    expect(text).toMatch(/^carnot_backup_last_trial_timestamp_seconds \d+$/m);
    expect(text).toMatch(/^carnot_backup_bytes \d{4,}$/m);
  });

  it('are made again at once when the clock was ahead, and until then the operator hears of it', async () => {
    clock.set('2027-07-15T00:30:00Z');
    await night();
    clock.set('2026-07-16T00:10:00Z');
    expect(await alarms()).toEqual([expect.objectContaining({ state: 'overdue' })]);
    expect([await night(), kept().filter((name) => name.includes('2026-07-16'))]).toEqual([
      1,
      ['carnot-2026-07-16T001000Z.backup'],
    ]);
    expect(await alarms()).toEqual([]);
    expect((await test.app.get(Backups).state())?.trial?.at).toBe('2026-07-16T00:10:00.000Z');
  });

  it('that are no longer wanted are no trouble, while those that another worker misses are', async () => {
    clock.set('2026-07-18T00:30:00Z');
    expect(await alarms()).toEqual([expect.objectContaining({ state: 'overdue' })]);
    const { backup } = test.app.get<Settings>(SETTINGS);
    backup.daily = false;
    expect(await alarms()).toEqual([expect.objectContaining({ state: 'overdue' })]);
    clock.set('2026-07-18T00:34:00Z');
    expect(await alarms()).toEqual([]);
    // Else the rules of Prometheus would miss them for ever.
    await job().due();
    const figures = Object.entries(await test.app.get(MetricsRepository).figures());
    expect(figures.filter(([name, all]) => name.includes('backup') && all.length > 0)).toEqual([]);
    backup.daily = true;
    await night();
    expect(await alarms()).toEqual([]);
  });
});

describe('without a folder for them', () => {
  it('no backups are made, and nobody is alarmed', async () => {
    const without = await startApp({ DATA_DIR: join(folder, 'data') }, { clock, working: false });
    expect(await without.app.get(BackUpJob).due()).toEqual([]);
    expect(await without.app.get(Backups).state()).toBeNull();
    await without.stop();
  });
});

describe('with a process of its own for them', () => {
  it('they are made there, once a night, and by no worker; pages and alarms know them', async () => {
    clock.set('2026-08-01T08:00:00Z');
    const variables = {
      BACKUP_DIR: join(folder, 'apart'),
      DATA_DIR: join(folder, 'data'),
      BACKUP_SERVICE: 'on',
    };
    const worker = await startApp(variables, { clock, working: false });
    const due = () => worker.app.get(BackUpJob).due();
    const service = await BackupService.start(worker.wiring);
    clock.set('2026-08-02T00:30:00Z');
    expect(await due()).toEqual([]);
    await service.round();
    await service.round();
    expect(readdirSync(join(folder, 'apart'))).toEqual(['carnot-2026-08-02T003000Z.backup']);
    expect((await worker.app.get(Backups).state())?.trial).toMatchObject({ trouble: null });
    rmSync(join(folder, 'apart'), { recursive: true });
    writeFileSync(join(folder, 'apart'), 'a file where the folder was');
    clock.set('2026-08-04T12:30:00Z');
    await service.round();
    expect(await worker.app.get(Backups).health()).toMatchObject({ state: 'overdue' });
    expect((await worker.app.get(Backups).state())?.failed?.error).toMatch(/EEXIST|ENOTDIR/);
    await service.stop();
    await worker.stop();
  });

  const apart = async (name: string, at: string) => {
    clock.set(at);
    const variables = {
      BACKUP_DIR: join(folder, name),
      DATA_DIR: join(folder, 'data'),
      BACKUP_SERVICE: 'on',
    };
    return startApp(variables, { clock, working: false });
  };

  it('the operator hears of it where that process never starts', async () => {
    const worker = await apart('never', '2026-08-01T08:00:00Z');
    expect(await worker.app.get(BackUpJob).due()).toEqual([]);
    clock.set('2026-08-02T20:01:00Z');
    expect(await worker.app.get(BackUpJob).due()).toEqual([]);
    expect(await worker.app.get(Backups).health()).toMatchObject({
      state: 'overdue',
      reason: 'none was made yet',
    });
    await worker.stop();
  });

  it('one backup is made of the night where two of them run at once', async () => {
    const worker = await apart('twice', '2026-08-01T08:00:00Z');
    const services = [await BackupService.start(worker.wiring), await BackupService.start(worker.wiring)];
    clock.set('2026-08-02T00:30:00Z');
    await Promise.all(services.map((one) => one.round()));
    expect(readdirSync(join(folder, 'twice'))).toEqual(['carnot-2026-08-02T003000Z.backup']);
    expect(await worker.app.get(Backups).state()).not.toHaveProperty('failed');
    for (const one of services) await one.stop();
    await worker.stop();
  });

  it('one that was killed over a backup does not begin another at once, and the operator hears why', async () => {
    const worker = await apart('killed', '2026-08-01T08:00:00Z');
    const backups = worker.app.get(Backups);
    await backups.isDue();
    clock.set('2026-08-02T00:30:00Z');
    // What a killed process leaves: it has begun, and neither succeeded nor failed.
    await worker.app
      .get(DataSource)
      .query(
        `UPDATE setting SET value = value || '{"begun": "2026-08-02T00:30:00.000Z"}' WHERE key = 'backup'`,
      );
    clock.set('2026-08-02T06:29:00Z');
    expect(await backups.isDue()).toBe(false);
    clock.set('2026-08-03T08:00:00Z');
    expect(await backups.isDue()).toBe(true);
    expect((await backups.health())?.reason).toBe(
      'none was made yet: the one begun on 2026-08-02 at 02:30 (Brussels) has not ended',
    );
    await backups.make();
    expect(await backups.health()).toEqual({ state: 'ok', reason: null });
    await worker.stop();
  });
});
