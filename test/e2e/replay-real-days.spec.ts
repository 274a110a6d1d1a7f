import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ran } from '../support/command.js';
import { startStandIn, type StandIn } from '../support/stand-in.js';
import { RELEASE, times } from '../support/release.js';

/**
 * A stand-in that holds what the portal held on real days, and the events of those days; next to the
 * checkout, if present.
 */
const FOLDER = join(__dirname, '../../../shared/portal');
const [SERVE, SCORE] = [join(FOLDER, 'serve.mjs'), join(FOLDER, 'score.mjs')];
/** All of them before a release. */
const DAYS = RELEASE ? [] : ['--from', '2026-03-16', '--to', '2026-03-18'];

const there = existsSync(SERVE) && existsSync(SCORE);
if (!there) console.warn(`SKIPPED: no real days are replayed, because ${SERVE} is not there`);

(there ? describe : describe.skip)('real days of the portal', () => {
  let standIn: StandIn;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carnot-europe-real-days-'));
    chmodSync(folder, 0o711); // As root: the database's own user must be able to traverse it.
    standIn = await startStandIn(SERVE);
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await standIn?.stop();
  });

  it('are replayed without anything missed or false', async () => {
    const events = join(folder, 'events.jsonl');
    const { status, output } = await ran(['replay', '--portal', standIn.origin, '--events', events, ...DAYS]);
    expect({ status, output }).toMatchObject({ status: 0 });
    const { stdout } = spawnSync(process.execPath, [SCORE, '--events', events, ...DAYS], {
      encoding: 'utf8',
    });
    expect(stdout).toContain(`replayed ${times('real days that are replayed', 3, 107)} days`);
    // At least this many events: a scorer that looked at nothing would find nothing missed.
    expect(readFileSync(events, 'utf8').split('\n').length).toBeGreaterThan(10);
    expect(stdout).toMatch(/^0 missed or false$/m);
  });
});
