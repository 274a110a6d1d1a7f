/** `npm start`, whose embedded PostgreSQL is killed: the postmaster, with -9, as the OOM killer does. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../dist/platform/database/embedded/embedded-postgres.js';
import { runningServer } from '../../../dist/platform/database/embedded/running-server.js';
import { pause } from '../servers.mjs';
import { Scene } from './scene.mjs';

/** The embedded database with the rows of all institutes, whichever server currently runs on it. */
class Embedded {
  constructor(dataDir) {
    this.dataDir = dataDir;
  }

  async open() {
    mkdirSync(this.dataDir, { recursive: true });
    this.server = await startEmbeddedPostgres(this.dataDir);
    this.url = this.server.url;
    this.folder = this.server.folder;
  }

  /** Releases it to the program. */
  close() {
    return this.server.stop();
  }

  get pidFile() {
    return join(this.folder, 'cluster', 'postmaster.pid');
  }

  get pid() {
    return existsSync(this.pidFile) ? Number(readFileSync(this.pidFile, 'utf8').split('\n')[0]) : null;
  }

  async query(sql, parameters = []) {
    for (const end = Date.now() + 120_000; ;) {
      try {
        const client = new pg.Client({
          connectionString: runningServer(this.dataDir),
          connectionTimeoutMillis: 5_000,
          options: '-c carnot.institute=* -c carnot.inside=*',
        });
        client.on('error', () => undefined);
        await client.connect();
        try {
          return (await client.query(sql, parameters)).rows;
        } finally {
          await client.end();
        }
      } catch (error) {
        if (Date.now() > end || (/^[0-9A-Z]{5}$/.test(error.code ?? '') && !/^(57|08)/.test(error.code)))
          throw error;
        await pause(100);
      }
    }
  }
}

/** Prepares a scene on an embedded server; the programs then start their own on its data. */
export async function prepareEmbedded(scene, folder) {
  const database = new Embedded(join(folder, 'data'));
  await database.open();
  await scene.prepare(database);
  await database.close();
  delete scene.programs.env.DATABASE_URL;
  return database;
}

const embedded = {
  async run({ folder, asked, say }) {
    const scene = new Scene(folder, asked);
    try {
      const database = await prepareEmbedded(scene, folder);
      await scene.programs.together();
      await scene.inTheMiddle();
      const [from, away] = [Date.now(), []];
      let back;
      for (let n = 0; n < 3; n += 1) {
        const killed = database.pid;
        say(`process ${killed} of the server is killed`);
        process.kill(killed, 'SIGKILL');
        await pause(500);
        back = await scene.mended();
        away.push(back.backMs);
        await pause(2_000);
      }
      const to = Date.now();
      await scene.peace();
      return {
        ...(await scene.notes()),
        ...back,
        backMs: Math.max(...away),
        said: scene.watcher.said(from, to),
        slowestMs: scene.watcher.slowest(from, to),
      };
    } finally {
      await scene.end();
    }
  },
  judge: ({ said }) => (/ready 200\/503/.test(said) ? [] : ['/health/ready did not say so']),
};

export const faults = { embedded };
