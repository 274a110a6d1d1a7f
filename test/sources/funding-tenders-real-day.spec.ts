import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContent } from '../../src/domain/call/call-content.js';
import { normalise } from '../../src/domain/call/normalise.js';
import { judge, scanOf } from '../../src/domain/source/belief.js';
import type { ReadDocument } from '../../src/domain/source/source.js';
import { source } from '../../src/sources/funding-tenders/funding-tenders.source.js';
import { startStandIn, type StandIn } from '../support/stand-in.js';

/** A stand-in that holds what the portal held on real days; it lies beside the checkout where there is one. */
const SERVE = join(__dirname, '../../../shared/portal/serve.mjs');
const CALLS = 718;

const there = existsSync(SERVE);
if (!there) console.warn(`SKIPPED: the real day of the portal is not checked, because ${SERVE} is not there`);

(there ? describe : describe.skip)('a real day of the portal', () => {
  let standIn: StandIn;
  beforeAll(async () => { standIn = await startStandIn(SERVE, '--day', '2026-06-30'); }, 30_000);
  afterAll(() => standIn?.stop());

  async function scanned(scan: 1 | 2): Promise<ReadDocument[]> {
    const done: ReadDocument[] = [];
    for (;;) {
      const planned = source.plan(done, { scan, languages: ['en'] });
      if (!planned.length) return done;
      for (const { key, path, method, headers, body } of planned) {
        const response = await fetch(standIn.origin + path, { method, headers, body });
        done.push({ key, page: source.parse({ key, mediaType: 'application/json', bytes: Buffer.from(await response.arrayBuffer()) }) });
      }
    }
  }

  // What the judgement needs beside the scans of a source that is read for the first time.
  const FIRST_RUN = { sizes: [], running: 0, refused: [], now: new Date('2026-06-01T12:00:00Z') };
  const RULES = { maxShrink: 0.3, maxGrowth: 3, insistRuns: 3, insistHours: 24 };

  it.each([1, 2, 3])(`gives ${CALLS} calls, each once (seed %d)`, async (seed) => {
    await fetch(`${standIn.origin}/_control`, { method: 'POST', body: JSON.stringify({ seed }) });
    const [first, second] = [await scanned(1), await scanned(2)];
    const belief = judge(scanOf(first), scanOf(second), source, { ...RULES, maxUnreadShare: 0 }, FIRST_RUN);
    expect(belief).toMatchObject({ believed: true });
    if (!belief.believed) return;
    expect(belief.calls).toHaveLength(CALLS);
    expect(new Set(belief.calls.map((c) => `${c.reference} ${c.language}`)).size).toBe(CALLS);
    const contents = belief.calls.map(normalise);
    const isTold = (c: CallContent, quote: string) => [c.title, c.callTitle, c.identifier, ...c.sections.map((s) => s.text)].some((text) => text?.includes(quote));
    const quotes = contents.map((c) => ({ c, said: [c.trl, c.place, ...(c.roleRules ?? [])].flatMap((fact) => fact?.quote ?? []) }));
    expect(quotes.filter(({ c, said }) => !said.every((quote) => isTold(c, quote))).map(({ c }) => c.reference)).toEqual([]);
    expect([contents.some((c) => c.trl), contents.some((c) => c.place?.kind === 'established'), contents.some((c) => c.place?.kind === 'action'), contents.some((c) => c.roleRules)]).toEqual([true, true, true, true]);
  }, 60_000);
});
