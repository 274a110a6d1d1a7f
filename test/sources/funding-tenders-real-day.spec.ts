import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContent } from '../../src/calls/domain/call-content.js';
import { normalise } from '../../src/calls/domain/normalise.js';
import { foldLine } from '../../src/calls/domain/visible-text.js';
import { judge, scanOf } from '../../src/harvest/domain/scan-agreement.js';
import type { ReadDocument } from '../../src/harvest/domain/source.js';
import { source } from '../../src/harvest/sources/funding-tenders/funding-tenders.source.js';
import { startStandIn, type StandIn } from '../support/stand-in.js';
import { first, sampled } from '../support/release.js';

/** A stand-in that serves the portal's contents on real days; next to the checkout if available. */
const SERVE = join(__dirname, '../../../shared/portal/serve.mjs');
const DAY = '2026-06-30';
const CALLS = 718;

const there = existsSync(SERVE);
if (!there) console.warn(`SKIPPED: the real day of the portal is not checked, because ${SERVE} is not there`);

async function scanned({ origin }: StandIn, scan: 1 | 2): Promise<ReadDocument[]> {
  const done: ReadDocument[] = [];
  for (;;) {
    const planned = source.plan(done, { scan, languages: ['en'] });
    if (!planned.length) return done;
    for (const { key, path, method, headers, body } of planned) {
      // Parsing a page may take longer than the stand-in keeps a connection open.
      const response = await fetch(origin + path, {
        method,
        headers: { ...headers, connection: 'close' },
        body,
      });
      done.push({
        key,
        page: source.parse({
          key,
          mediaType: 'application/json',
          bytes: Buffer.from(await response.arrayBuffer()),
        }),
      });
    }
  }
}

// The other inputs of the validation, for a source read for the first time.
const FIRST_RUN = { sizes: [], running: 0, refused: [], now: new Date('2026-06-01T12:00:00Z') };
const RULES = { maxShrink: 0.3, maxGrowth: 3, confirmAfterRuns: 3, confirmAfterHours: 24 };

const seeded = ({ origin }: StandIn, seed: number) =>
  fetch(`${origin}/_control`, {
    method: 'POST',
    headers: { connection: 'close' },
    body: JSON.stringify({ seed }),
  });

(there ? describe : describe.skip)('a real day of the portal', () => {
  let standIn: StandIn;
  beforeAll(async () => {
    standIn = await startStandIn(SERVE, '--day', DAY);
  });
  afterAll(() => standIn?.stop());

  it.each(sampled('orders of a real day', [1, 2, 3], first))(
    `gives ${CALLS} calls, each once (seed %d)`,
    async (seed) => {
      await seeded(standIn, seed);
      const [first, second] = [await scanned(standIn, 1), await scanned(standIn, 2)];
      const validation = judge(
        scanOf(first),
        scanOf(second),
        source,
        { ...RULES, maxUnreadShare: 0 },
        FIRST_RUN,
      );
      expect(validation).toMatchObject({ accepted: true });
      if (!validation.accepted) return;
      expect(validation.calls).toHaveLength(CALLS);
      expect(new Set(validation.calls.map((c) => `${c.reference} ${c.language}`)).size).toBe(CALLS);
      const contents = validation.calls.map(normalise);
      const hasRecipients = (c: CallContent, quote: string) =>
        [c.title, c.callTitle, c.identifier, ...c.sections.map((s) => s.text)].some((text) =>
          text?.includes(quote),
        );
      const quotes = contents.map((c) => ({
        c,
        said: [c.trl, c.place, ...(c.roleRules ?? [])].flatMap((fact) => fact?.quote ?? []),
      }));
      expect(
        quotes
          .filter(({ c, said }) => !said.every((quote) => hasRecipients(c, quote)))
          .map(({ c }) => c.reference),
      ).toEqual([]);
      expect([
        contents.some((c) => c.trl),
        contents.some((c) => c.place?.kind === 'established'),
        contents.some((c) => c.place?.kind === 'action'),
        contents.some((c) => c.roleRules),
      ]).toEqual([true, true, true, true]);
    },
  );
});

interface Held {
  reference: string;
  type: string;
  title: string;
  callTitle: string | null;
}
/**
 * What the stand-in holds on the day, according to its own files: current calls in its search, calls only in
 * its list, and past calls.
 */
interface Holds {
  living: Held[];
  listed: string[];
  past: { reference: string; current: boolean }[];
}

const HOLDS = `
  import { readFileSync } from 'node:fs';
  import { gunzipSync } from 'node:zlib';
  const [folder, day] = process.argv.slice(1);
  const form = await import('file://' + folder + '/real-form.mjs');
  const [{ days }, ...records] = gunzipSync(readFileSync(folder + '/history.jsonl.gz')).toString().trim().split('\\n').map((line) => JSON.parse(line));
  const alive = records.filter((r) => r.first <= day && (r.last === null || day <= r.last) && !form.isLeftover(r, day));
  const shown = alive.filter((r) => !form.isUnsearchable(r));
  const held = (r) => { const v = r.versions.filter((x) => x.day <= day).at(-1) ?? r.versions[0]; return { reference: r.reference, type: v.type, title: v.title, callTitle: v.callTitle ?? null }; };
  const past = form.pastTopics(records, days).filter((p) => p.from <= day);
  console.log(JSON.stringify({
    living: shown.map(held), listed: alive.filter((r) => form.isUnsearchable(r)).map((r) => r.reference),
    past: past.map((p) => ({ reference: p.row.reference, current: p.zombie })),
  }));`;

(there ? describe : describe.skip)('the same day as the live service was seen to answer', () => {
  let standIn: StandIn;
  let holds: Holds;
  beforeAll(async () => {
    holds = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', HOLDS, join(SERVE, '..'), DAY], {
        maxBuffer: 50_000_000,
      }).toString(),
    ) as Holds;
    standIn = await startStandIn(SERVE, '--day', DAY, '--form', 'real');
  });
  afterAll(() => standIn?.stop());

  it.each(sampled('orders of a real day', [1, 2, 3], first))(
    'gives exactly the living calls that the search holds, and no leftover (seed %d)',
    async (seed) => {
      await seeded(standIn, seed);
      const scans = [await scanned(standIn, 1), await scanned(standIn, 2)] as const;
      const validation = judge(
        scanOf(scans[0]),
        scanOf(scans[1]),
        source,
        { ...RULES, maxUnreadShare: 0 },
        FIRST_RUN,
      );
      expect(validation).toMatchObject({ accepted: true });
      if (!validation.accepted) return;

      // The 718 of the plain form, minus the five leftovers.
      expect(holds.living.length + holds.listed.length).toBe(CALLS - 5);
      expect(holds.listed.length).toBeGreaterThan(10);
      // The portal flags some of its current topics as open years after their deadline: they are present, but
      // closed.
      const over = holds.past.filter((p) => p.current).map((p) => p.reference);
      expect(validation.calls.map((c) => c.reference).sort()).toEqual(
        [...holds.living.map((r) => r.reference), ...over].sort(),
      );
      expect(validation.calls.every((c) => c.dataSource === 'SEDIA')).toBe(true);
      expect(holds.past.length - over.length).toBeGreaterThan(100);
      const ended = validation.calls
        .filter((c) => over.includes(c.reference))
        .map((c) => c.deadlines.at(-1)?.at ?? '9');
      expect(ended.every((at) => at < '2026')).toBe(true);

      const cascades = new Map(
        validation.calls.filter((c) => c.kind === 'cascade').map((c) => [c.reference, c]),
      );
      const expected = holds.living.filter((r) => r.type === '8');
      expect([cascades.size, expected.length]).toEqual([86, 86]);
      for (const { reference, title, callTitle } of expected) {
        const call = cascades.get(reference)!;
        expect(call).toMatchObject({
          title: foldLine(callTitle ?? title),
          parentTopic: { identifier: call.identifier, title: foldLine(title) },
          project: { acronym: expect.any(String) },
        });
        expect(call.url).toMatch(new RegExp(`/competitive-calls-cs/${/^\d+/.exec(reference)![0]}$`));
      }
      expect(scans.map((done) => source.describe!(done))).toEqual(
        Array(2).fill({
          grants: 'identifier',
          'external-actions': 'callIdentifier',
          'cascade-calls': 'callccm2Id',
        }),
      );
      expect(
        validation.calls
          .map(normalise)
          .filter((c) => c.budget?.asWritten !== undefined)
          .every((c) => c.budget!.total === null && c.kind === 'cascade'),
      ).toBe(true);
    },
  );
});
