/**
 * Sets the machine's clock forward by a day, and later back by a day and an hour, while messages are being
 * sent: for PostgreSQL, Redis and the programs alike, by a preloaded library between them and the system. It
 * is compiled here, so a C compiler is needed.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Postgres, RedisServer, pause } from '../servers.mjs';
import { Scene } from './scene.mjs';

const SOURCE = fileURLToPath(new URL('clock.c', import.meta.url));
const [HOUR, DAY] = [3_600, 86_400];
/**
 * Slow enough that messages are in flight when the clock is set; e-mails for longer than any queue lock
 * lasts.
 */
const SLOW_MS = { mail: 4_500, web: 4_000 };
const QUICK_MS = { mail: 100, web: 100 };

class Clock {
  constructor(folder) {
    const library = join(folder, 'clock.so');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl']);
    this.file = join(folder, 'shift');
    writeFileSync(this.file, Buffer.alloc(8));
    for (const made of [library, this.file]) chmodSync(made, 0o644);
    chmodSync(folder, 0o711);
    this.env = { LD_PRELOAD: library, CLOCK_SHIFT: this.file };
  }

  /** In place, since every process maps it. */
  set(seconds) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(seconds));
    const file = openSync(this.file, 'r+');
    writeSync(file, bytes, 0, 8, 0);
    closeSync(file);
  }
}

async function jumps({ folder, asked, say }, withRedis) {
  const scene = new Scene(folder, asked);
  try {
    const clock = new Clock(folder);
    const database = await Postgres.start(folder, { env: clock.env });
    scene.open.push(() => database.stop());
    const redis = withRedis ? await RedisServer.start(folder, { env: clock.env }) : null;
    if (redis) scene.open.push(() => redis.stop());
    await scene.prepare(database, redis ? { REDIS_URL: redis.url } : {});
    Object.assign(scene.programs.env, clock.env);
    scene.otherSide.slowestMs = SLOW_MS;
    await scene.programs.apart();
    await scene.inTheMiddle();
    const from = Date.now();
    for (const [what, seconds] of [
      ['a day forward', DAY],
      ['a day and an hour back', -HOUR],
    ]) {
      say(what);
      clock.set(seconds);
      await pause(asked.seconds * 1_000);
    }
    const to = Date.now();
    const [{ hours }] = await database.query(
      'SELECT round(extract(epoch FROM clock_timestamp() - $1::timestamptz) / 3600)::int AS hours',
      [new Date()],
    );
    if (hours !== -1) throw new Error(`the server's clock was to be an hour behind, and is ${hours} ahead`);
    const back = await scene.mended();
    scene.otherSide.slowestMs = QUICK_MS;
    // Messages refused while the clock was a day ahead would wait until then; nobody waits for that here.
    await database.query(`UPDATE notification SET next_try_at = NULL WHERE state = 'pending'`);
    await scene.peace();
    const notes = await scene.notes();
    // The receiver rejects signatures made with a wrong clock, as it should; everything else must be right.
    const isOfTime = (note) => /signature \(Message timestamp too (new|old)\)$/.test(note);
    say(`${notes.wrong.filter(isOfTime).length} messages were signed with the time that the clock showed`);
    return {
      ...notes,
      wrong: notes.wrong.filter((note) => !isOfTime(note)),
      ...back,
      said: scene.watcher.said(from, to),
      slowestMs: scene.watcher.slowest(from, to),
    };
  } finally {
    await scene.end();
  }
}

export const faults = {
  clock: { run: (parts) => jumps(parts, false) },
  'clock-redis': { run: (parts) => jumps(parts, true) },
};
