/**
 * A disk that fills up and later has space again: that of a separate PostgreSQL, and the one on which `npm
 * start` keeps everything, database and e-mail files. It is simulated by an in-memory file system, which only
 * root may mount.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { Postgres, pause } from '../servers.mjs';
import { prepareEmbedded } from './embedded.mjs';
import { Scene } from './scene.mjs';

const MEGABYTES = 1_000;

class Disk {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder);
    process.prependOnceListener('exit', () => this.unmount());
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m,mode=711`, 'tmpfs', folder]);
  }

  /** To the last byte. */
  fill() {
    const file = openSync(join(this.folder, 'ballast'), 'a');
    for (const size of [1_000_000, 1_000]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size));
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error;
      }
    }
    closeSync(file);
  }

  empty() {
    rmSync(join(this.folder, 'ballast'), { force: true });
  }

  /** Once, however the run ends. */
  unmount() {
    if (this.folder) execFileSync('umount', ['-l', this.folder]);
    this.folder = null;
  }
}

/** Other writers use up any space that is freed, as on a full disk. */
async function fullFor(disk, seconds, meanwhile = () => undefined) {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end;) {
    disk.fill();
    await meanwhile();
    await pause(500);
  }
  disk.empty();
}

/** Reads the e-mails written as files, in the form of those accepted by a server. */
async function takenFrom(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return Promise.all(
    names.map(async (name) => {
      const [raw, { mtimeMs }] = [readFileSync(join(folder, name)), statSync(join(folder, name))];
      const { to } = await simpleParser(raw);
      return {
        channel: 'email',
        worker: 'w1',
        at: mtimeMs,
        answered: true,
        id: null,
        address: to.value[0].address,
        raw,
        unsigned: null,
      };
    }),
  );
}

async function shown(scene, [from, to], back) {
  const notes = await scene.notes();
  notes.wrong.push(
    ...scene.watcher.unsaid(
      ['ready', /"storage":"full"/],
      ['metrics', /^carnot_disk_full\{disk="database"\} 1$/m],
      ['save', /no disk space left/],
    ),
  );
  const away = scene.watcher.away(from, to);
  return {
    ...notes,
    ...back,
    said: `${scene.watcher.said(from, to)}${away && ` (not ready: ${away})`}`,
    slowestMs: scene.watcher.slowest(from, to),
  };
}

const databaseDisk = {
  async run({ folder, asked, say }) {
    const scene = new Scene(folder, asked);
    const disk = new Disk(join(folder, 'disk'));
    try {
      const database = await Postgres.start(folder, { at: join(disk.folder, 'pg') });
      scene.open.push(() => database.stop());
      await scene.prepare(database);
      await scene.programs.apart();
      await scene.inTheMiddle();
      say(`full for ${asked.seconds} s`);
      const from = Date.now();
      let starts = 0;
      // As the system's service manager does.
      const keep = () =>
        database.lives()
          ? undefined
          : database.begin().then(
              () => (starts += 1),
              () => undefined,
            );
      await fullFor(disk, asked.seconds, keep);
      const to = Date.now();
      await scene.until('PostgreSQL to be up', async () => (await keep(), database.lives()));
      const back = await scene.mended();
      await scene.peace();
      say(`PostgreSQL ended by itself ${starts} times`);
      return await shown(scene, [from, to], back);
    } finally {
      await scene.end();
      disk.unmount();
    }
  },
};

const dataDisk = {
  async run({ folder, asked, say }) {
    const scene = new Scene(folder, asked);
    const disk = new Disk(join(folder, 'data'));
    try {
      await prepareEmbedded(scene, folder);
      delete scene.programs.env.SMTP_URL;
      await scene.programs.together();
      await scene.inTheMiddle();
      say(`full for ${asked.seconds} s`);
      const from = Date.now();
      await fullFor(disk, asked.seconds);
      const to = Date.now();
      const back = await scene.mended();
      await scene.peace();
      scene.otherSide.taken.push(...(await takenFrom(join(folder, 'data', 'outbox'))));
      const left = readdirSync(join(folder, 'data', 'outbox')).filter((name) => !name.endsWith('.eml'));
      const result = await shown(scene, [from, to], back);
      if (left.length) result.wrong.push(`left in the outbox: ${left.join(', ')}`);
      return result;
    } finally {
      await scene.end();
      disk.unmount();
    }
  },
};

export const faults = { 'database-disk': databaseDisk, 'data-disk': dataDisk };
