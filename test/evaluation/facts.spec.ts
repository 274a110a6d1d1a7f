import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { requirementsOf } from '../../src/calls/domain/requirements.js';

/** Fifty real calls that a person read whole; next to the checkout if available. */
const DATA = join(__dirname, '../../../shared/evaluation/facts');
const there = existsSync(join(DATA, 'calls.jsonl.gz'));
if (!there)
  console.warn(`SKIPPED: what calls say of who may answer is not measured, because ${DATA} is not there`);

interface ListedCall {
  id: string;
  identifier?: string | null;
  actionType?: string | null;
  description?: string | null;
  conditions?: string | null;
}

/** What a call says of who may answer, as `score.mjs` reads it. */
function factsOf({ id, identifier, actionType, description, conditions }: ListedCall): object {
  const read = requirementsOf({
    identifier: identifier ?? null,
    typesOfAction: actionType ? [actionType] : [],
    deadlineModel: null,
    sections: [
      { kind: 'scope', title: '', text: description ?? '' },
      { kind: 'conditions', title: '', text: conditions ?? '' },
    ],
  });
  return {
    call: id,
    trl: read.trl.filter(({ at }) => at === 'end').map(({ from, to }) => ({ from, to })),
    lumpSum: read.lumpSum?.yes || null,
    twoStage: read.twoStage || null,
    jrc: read.jrc !== null,
    pageLimit: read.pageLimit?.pages ?? null,
    durationMonths: read.duration ? true : null,
    thirdParties: read.thirdParties ? true : null,
    restrictions: read.restrictions.map(({ kind, quote }) => ({ kind, quote })),
  };
}

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

  beforeAll(() => {
    const out = join(folder, 'read.jsonl');
    const calls = gunzipSync(readFileSync(join(DATA, 'calls.jsonl.gz'))).toString();
    writeFileSync(
      out,
      calls
        .trim()
        .split('\n')
        .map((line) => JSON.stringify(factsOf(JSON.parse(line) as ListedCall)))
        .join('\n'),
    );
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
