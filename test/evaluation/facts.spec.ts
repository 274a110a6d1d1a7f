import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { evaluate } from '../../src/commands/learning/evaluate.js';

/** Fifty real calls that a person read whole; next to the checkout if available. */
const DATA = join(__dirname, '../../../shared/evaluation/facts');
const there = existsSync(join(DATA, 'calls.jsonl.gz'));
if (!there)
  console.warn(`SKIPPED: what calls say of who may answer is not measured, because ${DATA} is not there`);

interface Found {
  stated: number;
  right: number;
  wrong: number;
  false: number;
  found: number;
}

(there ? describe : describe.skip)('what a reader found of who may answer, in fifty calls', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-facts-'));
  let found: Record<string, Found>;

  beforeAll(async () => {
    const [calls, out] = [join(folder, 'calls.jsonl'), join(folder, 'read.jsonl')];
    writeFileSync(calls, gunzipSync(readFileSync(join(DATA, 'calls.jsonl.gz'))));
    await evaluate(['--facts', calls, '--out', out]);
    const { stdout } = spawnSync(process.execPath, [join(DATA, 'score.mjs'), '--read', out, '--json'], {
      encoding: 'utf8',
    });
    found = JSON.parse(stdout) as Record<string, Found>;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['trl', 0.95, 0],
    ['lumpSum', 0.9, 0],
    ['twoStage', 1, 0],
    ['jrc', 0.9, 0],
    ['pageLimit', 0.8, 0],
    ['durationMonths', 0.9, 1],
    ['thirdParties', 0.9, 1],
  ])('is read as they did: %s', (fact, least, mostFalse) => {
    expect(found[fact]!.found).toBeGreaterThanOrEqual(least);
    expect(found[fact]!.false).toBeLessThanOrEqual(mostFalse);
  });

  it('is quoted in sentences that bind, and in few others', () => {
    const { stated, found: share, false: more } = found['restrictions']!;
    expect(share).toBeGreaterThanOrEqual(0.85);
    expect(more).toBeLessThanOrEqual(stated * 0.25);
  });
});
