import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ran } from '../support/command.js';
import { startStandIn, type StandIn } from '../support/stand-in.js';
import { beforeRelease } from '../support/release.js';

/**
 * What a language model really said about the calls of one day, and what officers wanted of them; both are
 * next to the checkout, if present.
 */
const SHARED = join(__dirname, '../../../shared');
const [SERVE, DAY] = [join(SHARED, 'reader/serve.mjs'), join(SHARED, 'evaluation/live')];
const FAULTS = {
  http500: 0.05,
  http429: 0.01,
  reset: 0.03,
  badJson: 0.05,
  prose: 0.1,
  wrongQuote: 0.05,
  stranger: 0.05,
};

const there = existsSync(SERVE) && existsSync(DAY);
if (!there) console.warn(`SKIPPED: no language model reads a real day, because ${SERVE} is not there`);

const here = there ? beforeRelease('a language model that reads a real day') : describe.skip;
here('a language model that reads the best calls of a real day', () => {
  let standIn: StandIn;
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-reader-'));
  const [calls, run] = [join(folder, 'calls.jsonl'), join(folder, 'run.tsv')];

  beforeAll(async () => {
    writeFileSync(calls, gunzipSync(readFileSync(join(DAY, 'calls.jsonl.gz'))));
    standIn = await startStandIn(SERVE, '--faults', JSON.stringify(FAULTS));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await standIn?.stop();
  });

  it('finds what officers wanted, though it now and then fails, talks, or says what does not stand there', async () => {
    const { status, output } = await ran(
      ['evaluate', '--profiles', join(DAY, 'profiles'), '--calls', calls, '--out', run, '--reader'],
      { READER_URL: `${standIn.origin}/v1`, READER_MODEL: 'reader' },
    );
    expect({ status, output }).toMatchObject({
      status: 0,
      output: expect.stringMatching(
        /^\d+ calls read for 1200 pairs by reader, \d+ left to the built-in ranking; \d+ input tokens, \d+ output tokens$/m,
      ),
    });
    const { stdout } = spawnSync(process.execPath, [join(DAY, 'score.mjs'), '--run', run, '--json'], {
      encoding: 'utf8',
    });
    const score = JSON.parse(stdout) as Record<'AP2' | 'P2' | 'R2', number>;
    expect(score.AP2).toBeGreaterThanOrEqual(0.9);
    expect(score.P2).toBeGreaterThanOrEqual(0.88);
    expect(score.R2).toBeGreaterThanOrEqual(0.88);
  });
});
