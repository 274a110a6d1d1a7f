import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { normalise } from '../../src/domain/call/normalise.js';
import { judge, scanOf } from '../../src/domain/source/belief.js';
import type { ReadDocument } from '../../src/domain/source/source.js';
import { source } from '../../src/sources/funding-tenders/funding-tenders.source.js';

/** A stand-in that holds what the portal held on real days; it lies beside the checkout where there is one. */
const SERVE = join(__dirname, '../../../shared/portal/serve.mjs');
const CALLS = 718;

const there = existsSync(SERVE);
if (!there) console.warn(`SKIPPED: the real day of the portal is not checked, because ${SERVE} is not there`);

(there ? describe : describe.skip)('a real day of the portal', () => {
  let child: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    child = spawn(process.execPath, [SERVE, '--day', '2026-06-30', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    origin = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout!.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
        if (url && said.includes('\n')) resolve(url[0]);
      });
      child.once('error', reject).once('exit', (code) => reject(new Error(`the stand-in ended with ${code}: ${said}`)));
    });
  }, 30_000);

  afterAll(async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  });

  async function scanned(scan: 1 | 2): Promise<ReadDocument[]> {
    const done: ReadDocument[] = [];
    for (;;) {
      const planned = source.plan(done, { scan, languages: ['en'] });
      if (!planned.length) return done;
      for (const { key, path, method, headers, body } of planned) {
        const response = await fetch(origin + path, { method, headers, body });
        done.push({ key, page: source.parse({ key, mediaType: 'application/json', bytes: Buffer.from(await response.arrayBuffer()) }) });
      }
    }
  }

  // What the judgement needs beside the scans of a source that is read for the first time.
  const FIRST_RUN = { sizes: [], running: 0, refused: [], now: new Date('2026-06-01T12:00:00Z') };
  const RULES = { maxShrink: 0.3, maxGrowth: 3, insistRuns: 3, insistHours: 24 };

  it.each([1, 2, 3])(`gives ${CALLS} calls, each once (seed %d)`, async (seed) => {
    await fetch(`${origin}/_control`, { method: 'POST', body: JSON.stringify({ seed }) });
    const [first, second] = [await scanned(1), await scanned(2)];
    const belief = judge(scanOf(first), scanOf(second), source, { ...RULES, maxUnreadShare: 0 }, FIRST_RUN);
    expect(belief).toMatchObject({ believed: true });
    if (!belief.believed) return;
    expect(belief.calls).toHaveLength(CALLS);
    expect(new Set(belief.calls.map((c) => `${c.reference} ${c.language}`)).size).toBe(CALLS);
    expect(belief.calls.map(normalise).filter((c) => c.trl !== null).every((c) => c.sections.some((s) => s.text.includes(c.trl!.quote)))).toBe(true);
  }, 60_000);
});
