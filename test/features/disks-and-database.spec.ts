import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseMonitor, DiskMonitor } from '../../src/monitoring/service-monitors.js';
import { noteIfFull } from '../../src/platform/database/disk-full.js';
import { freshDatabase, type TestDatabase } from '../support/database/database.js';
import { lineTo, type DatabaseLine } from '../support/database/database-line.js';
import { startSmtpSink, type SmtpSink } from '../support/notifications/smtp-sink.js';
import { OPERATOR, Monitoring } from '../support/queue/watching.js';

let sink: SmtpSink;
beforeAll(async () => {
  sink = await startSmtpSink();
});
afterAll(() => sink?.close());
beforeEach(() => {
  sink.mails.length = 0;
});

const told = async (w: Monitoring, subject: string): Promise<string[]> =>
  (await w.alarms()).filter((a) => a.subject === subject).map((a) => `${a.previous} ${a.state}`);

describe('a disk', () => {
  /** More than any disk has. */
  const HUGE = { leastFreeGigabytes: 10_000 };
  let folder: string;
  let w: Monitoring;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carnot-europe-disk-'));
    w = await Monitoring.start(
      { SMTP_URL: sink.url, OPERATOR_EMAIL: OPERATOR, DATA_DIR: folder },
      { monitoring: HUGE },
    );
  });
  afterAll(async () => {
    await w?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => w.forget());
  const look = async (at = w): Promise<void> => {
    w.clock.move({ seconds: 10 });
    await at.test.app.get(DiskMonitor, { strict: false }).due();
  };

  it('is an alarm before it is full, which another process with more space does not end', async () => {
    const roomy = await Monitoring.start(
      { DATA_DIR: folder },
      { beside: w, monitoring: { leastFreeGigabytes: 0 } },
    );
    try {
      await look();
      await look(roomy);
      expect(await told(w, 'disk/data')).toEqual(['new nearly-full']);
      await w.deliver();
      expect(sink.mails[0]).toMatchObject({
        subject: '[carnot-europe] The disk of DATA_DIR is nearly full (at the first look)',
        text: expect.stringMatching(/Reason: \d+\.\d GB are free/),
      });
      w.clock.move({ minutes: 4 });
      await look(roomy);
      expect(await told(w, 'disk/data')).toEqual(['new nearly-full', 'nearly-full ok']);
    } finally {
      await roomy.stop();
    }
  });

  it('that cannot be looked at is an alarm, and the other one is looked at', async () => {
    const above = join(folder, 'above');
    mkdirSync(join(above, 'data'), { recursive: true });
    const beside = await Monitoring.start({ DATA_DIR: join(above, 'data') }, { beside: w });
    try {
      rmSync(above, { recursive: true });
      // As a folder that may not be entered, which does not hold root up.
      writeFileSync(above, '');
      noteIfFull('database', { code: '53100' });
      await look(beside);
      expect([await told(w, 'disk/data'), await told(w, 'disk/database')]).toEqual([
        ['new unreadable'],
        ['new full'],
      ]);
      expect((await w.alarms()).find((a) => a.subject === 'disk/data')!.reason).toMatch(/^ENOTDIR/);
    } finally {
      await beside.stop();
    }
  });

  it('is one when writing meets a full one', async () => {
    noteIfFull('database', { code: '53100' });
    await look();
    expect(await told(w, 'disk/database')).toEqual(['new full']);
    expect((await w.alarms()).find((a) => a.subject === 'disk/database')!.reason).toBe(
      'there is no space to write',
    );
  });

  it('that one process met full is not nearly full for another, round after round', async () => {
    const beside = await Monitoring.start({ DATA_DIR: folder }, { beside: w, monitoring: HUGE });
    const real = performance.now.bind(performance);
    const meets = (full: boolean) =>
      jest.spyOn(performance, 'now').mockImplementation(() => real() + (full ? 0 : 61_000));
    try {
      noteIfFull('data', { code: 'ENOSPC' });
      for (let round = 0; round < 3; round += 1) {
        meets(true);
        await look();
        meets(false);
        await look(beside);
      }
      expect(await told(w, 'disk/data')).toEqual(['new full']);
      w.clock.move({ minutes: 4 });
      await look(beside);
      expect(await told(w, 'disk/data')).toEqual(['new full', 'full nearly-full']);
    } finally {
      jest.restoreAllMocks();
      await beside.stop();
    }
  });

  it('of the database that is too full for the alarm itself is reported when it is not any more', async () => {
    await w.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`);
    await w.query('CREATE TRIGGER no_room BEFORE INSERT ON alarm FOR EACH ROW EXECUTE FUNCTION no_room()');
    noteIfFull('database', { code: '53100' });
    const since = w.clock.now();
    await expect(look()).rejects.toThrow('could not extend file');
    await w.query('DROP TRIGGER no_room ON alarm');
    // A minute later this process has met no full disk any more.
    const real = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => real() + 61_000);
    w.clock.move({ minutes: 20 });
    await look();
    const [alarm] = (await w.alarms()).filter((a) => a.subject === 'disk/database');
    expect(alarm).toMatchObject({
      state: 'full',
      troubleSince: new Date(since.getTime() + 10_000).toISOString(),
    });
    w.clock.move({ minutes: 4 });
    await look();
    expect(await told(w, 'disk/database')).toEqual(['new full', 'full ok']);
    jest.restoreAllMocks();
  });
});

describe('a database that was away', () => {
  let [database, line, w]: [TestDatabase | undefined, DatabaseLine | undefined, Monitoring | undefined] = [
    undefined,
    undefined,
    undefined,
  ];
  beforeAll(async () => {
    database = await freshDatabase();
    line = await lineTo(database.url);
    w = await Monitoring.start({ SMTP_URL: sink.url, OPERATOR_EMAIL: OPERATOR }, { databaseUrl: line.url });
  });
  afterAll(async () => {
    line?.goOn();
    await line?.cut();
    await w?.stop();
    await database?.drop();
  });
  const look = () => w!.test.app.get(DatabaseMonitor, { strict: false }).due();
  /** The server is out of reach for so long, as two looks of a process see it. */
  const away = async (minutes: number): Promise<void> => {
    line!.halt();
    await look();
    w!.clock.move({ minutes });
    await look();
    line!.goOn();
    await look();
  };

  it('for less than a minute is no alarm', async () => {
    await look();
    await away(0.5);
    expect(await told(w!, 'database')).toEqual([]);
  });

  it('is reported by whoever finds it again: from when to when, and for how long', async () => {
    w!.clock.set('2026-06-01T08:02:00Z');
    await away(17);
    await w!.deliver();
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]!.subject).toBe('[carnot-europe] The database is away (was ok)');
    const text = sink.mails[0]!.text!.replace(/\s+/g, ' ');
    expect(text).toContain('it was away from 1 June 2026, 10:02 (Brussels) to 1 June 2026, 10:19 (Brussels)');
    w!.clock.move({ seconds: 10 });
    await look();
    expect(await told(w!, 'database')).toEqual(['ok away', 'away ok']);
    w!.clock.move({ minutes: 61 });
    await w!.deliver();
    expect(sink.mails.at(-1)!.text).toMatch(/^The database is ok again after 17\sminutes/);
    expect(sink.mails.at(-1)!.inReplyTo).toBe(sink.mails[0]!.messageId);
  });
});
