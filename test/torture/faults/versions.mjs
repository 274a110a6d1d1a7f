/**
 * An update in progress: workers of the previous version are running while those of this one start on the
 * same database, which they first migrate to the current schema. The previous version is a commit of the
 * repository, built alongside.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../dist/app/database/data-source.js';
import { acrossInstitutes } from '../../../dist/platform/database/request-context.js';
import { Postgres, pause } from '../servers.mjs';
import { Scene } from './scene.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MIGRATIONS = 'app/database/migrations';
const git = (...args) =>
  execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8', maxBuffer: 1e9 }).trim();

const namesIn = (dist) =>
  readdirSync(join(dist, MIGRATIONS))
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.replace(/\.js$/, ''));

/** Builds the program as of a commit. */
function built(ref, folder) {
  mkdirSync(folder);
  const archive = execFileSync('git', ['-C', ROOT, 'archive', ref], { maxBuffer: 1e9 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, ['src/build.mjs'], { cwd: folder, stdio: 'ignore' });
  return join(folder, 'dist');
}

/** Returns the requested version, else the newest release; undefined before the first one. */
const lastVersion = ({ before }) =>
  before ?? git('tag', '--list', 'v*', '--sort=-creatordate').split('\n').find(Boolean);

/** Reverts the database to the schema of the previous version. */
const takeBack = (database, migrations) =>
  acrossInstitutes('a migration changes the rows of everybody', async () => {
    const source = await openDatabase(database.url);
    for (let n = 0; n < migrations.length; n += 1) await source.undoLastMigration({ transaction: 'each' });
    await source.destroy();
    await database.query(`DELETE FROM setting WHERE key = 'needs-migrations'`);
  });

async function update({ folder, asked, say }) {
  let ref;
  try {
    const version = lastVersion(asked);
    if (!version) return { leftOut: 'no version was released yet' };
    ref = git('rev-parse', '--short', version);
  } catch {
    return { leftOut: 'the history of the repository is not here' };
  }
  const scene = new Scene(folder, asked);
  try {
    const old = built(ref, join(folder, 'old'));
    const between = namesIn(join(ROOT, 'dist')).filter((name) => !namesIn(old).includes(name));
    say(`${ref}, and since then ${between.length ? between.join(', ') : 'no migration'}`);
    const database = await Postgres.start(folder);
    scene.open.push(() => database.stop());
    await scene.prepare(database);
    await takeBack(database, between);
    const workers = ['w8', 'w9'].map((who) => scene.programs.start('worker', who, {}, old));
    for (const worker of workers) await worker.says(/worker ready/);
    await scene.until('the old ones to deliver', () => scene.otherSide.taken.some((t) => t.worker === 'w8'));
    await scene.programs.apart();
    await scene.inTheMiddle();
    const from = Date.now();
    await pause(asked.seconds * 1_000);
    const to = Date.now();
    const byOld = scene.otherSide.taken.filter((t) => ['w8', 'w9'].includes(t.worker) && t.at > from).length;
    const ended = workers.filter((worker) => !worker.lives);
    const stopped = ended.filter((worker) => /updated by a newer version/.test(worker.output));
    const fallen = ended.length - stopped.length;
    // The end of any update.
    for (const worker of workers) worker.stopped = true;
    await Promise.all(workers.map((worker) => worker.stop()));
    const back = await scene.mended();
    await scene.peace();
    const notes = await scene.notes();
    if (byOld + stopped.length === 0) notes.wrong.push('the old workers did nothing, and did not say why');
    if (fallen) notes.wrong.push(`${fallen} old workers ended without saying why`);
    const shown = `${ref}: old workers sent ${byOld} messages more, ${stopped.length} of 2 stopped by themselves`;
    return {
      ...notes,
      ...back,
      said: `${shown}; ${scene.watcher.said(from, to)}`,
      slowestMs: scene.watcher.slowest(from, to),
    };
  } finally {
    await scene.end();
  }
}

export const faults = { 'old-worker': { run: update } };
