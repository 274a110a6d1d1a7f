import { join } from 'node:path';
import { readSampleCalls } from '../../../src/demo/sample-calls.js';
import { startSamplePortal, type SamplePortal } from '../../../src/demo/sample-portal.js';
import { type PortalRecord, portalRecords } from '../../../src/demo/sample-records.js';
import { judge, scanOf, type Validation, type Scan } from '../../../src/harvest/domain/scan-agreement.js';
import type { ParsedPage, ReadDocument, SourceRequest } from '../../../src/harvest/domain/source.js';
import { source } from '../../../src/harvest/sources/funding-tenders/funding-tenders.source.js';

export const TOTAL = 525;

const samples = portalRecords(
  readSampleCalls(join(__dirname, '../../../config/demo/calls')),
  new Date('2026-06-01T12:00:00Z'),
);
export const typeOf = (record: PortalRecord): string => record.metadata['type']![0]!;
export const [GRANT, ACTION, CASCADE] = ['1', '2', '8'] as const;

/** Copies a sample under other names; fields set to undefined are removed. */
function like(
  record: PortalRecord,
  number: number,
  fields: Record<string, string[] | undefined> = {},
): PortalRecord {
  const reference = `${1000 + number}${record.reference}`;
  const names = {
    identifier: [`${record.metadata['identifier']![0]}-${number}`],
    ...(typeOf(record) === ACTION && { callIdentifier: [`SAMPLE-${number}`] }),
    ...(typeOf(record) === CASCADE && { callccm2Id: [String(1000 + number)] }),
  };
  const metadata = Object.entries({ ...record.metadata, ...names, ...fields }).flatMap(([name, value]) =>
    value ? [[name, value] as const] : [],
  );
  return { ...record, reference, metadata: Object.fromEntries(metadata) };
}

/** Repeats the samples of a type up to `count`. */
export function many(
  type: string,
  count: number,
  fields: (i: number) => Record<string, string[] | undefined> = () => ({}),
): PortalRecord[] {
  const some = samples.filter((r) => typeOf(r) === type);
  return Array.from({ length: count }, (_, i) => like(some[i % some.length]!, i, fields(i)));
}

export const records: PortalRecord[] = Array.from({ length: TOTAL }, (_, i) =>
  like(samples[i % samples.length]!, i),
);
export const references = (some: PortalRecord[]): string[] => some.map((r) => r.reference).sort();
export const pages = (some: PortalRecord[], type: string): number =>
  Math.max(1, Math.ceil(some.filter((r) => typeOf(r) === type).length / 100));
export const PAGES = [GRANT, ACTION, CASCADE].map((type) => pages(records, type));

/**
 * The number of requests without failures: the pages of each kind, and a row count before and after them, in
 * each of two scans; the notes once.
 */
export const LEAST_REQUESTS = 2 * PAGES.reduce((sum, n) => sum + n + 2, 0) + 1;
/**
 * Each page at most six times in each of four orders, and the rows of each kind counted at most twelve times,
 * in each of two scans.
 */
export const MOST_REQUESTS = 2 * PAGES.reduce((sum, n) => sum + n * 6 * 4 + 12, 0) + 1;

/** The portal for the tests of a file, initially with the records above. */
export let portal: SamplePortal;
beforeAll(async () => {
  portal = await startSamplePortal({ records });
});
afterAll(() => portal.close());

/** The parser is pure, so responses with the same key are parsed once. */
const known = new Map<string, ParsedPage>();
function parsed(key: string, text: string): ParsedPage {
  const name = `${key}/${text}`;
  const page =
    known.get(name) ?? source.parse({ key, mediaType: 'application/json', bytes: Buffer.from(text) });
  known.set(name, page);
  return page;
}

/** Called before each request, with its number over both scans, from 1. */
type Watch = (request: SourceRequest, number: number) => void;

/** Runs both scans as a harvest does: a batch of requests, and the next once all are answered. */
export async function harvest(
  watch: Watch = () => undefined,
  languages = ['en'],
  heard = (body: string) => body,
): Promise<{
  validation: Validation;
  asked: number;
  keys: string[][];
  scans: Scan[];
  orders: Record<string, string>[];
}> {
  const scans: ReadDocument[][] = [];
  let asked = 0;
  for (const scan of [1, 2] as const) {
    const done: ReadDocument[] = [];
    for (
      let planned = source.plan(done, { scan, languages });
      planned.length;
      planned = source.plan(done, { scan, languages })
    ) {
      for (const request of planned) {
        watch(request, (asked += 1));
        if (asked > 1_000) throw new Error('the plan does not end');
        const response = await fetch(portal.url + request.path, {
          method: request.method,
          headers: request.headers,
          body: heard(request.body!),
        });
        done.push({ key: request.key, page: parsed(request.key, await response.text()) });
      }
    }
    scans.push(done);
  }
  const [first, second] = [scanOf(scans[0]!), scanOf(scans[1]!)];
  const validation = judge(first, second, source, RULES, FIRST_RUN);
  return {
    validation,
    asked,
    keys: scans.map((s) => s.map((d) => d.key)),
    scans: [first, second],
    orders: scans.map((done) => source.describe!(done)),
  };
}

/** What the verdict needs besides the scans, for a source read for the first time. */
const FIRST_RUN = { sizes: [], running: 0, refused: [], now: new Date('2026-06-01T12:00:00Z') };
const RULES = {
  maxUnreadShare: 0.02,
  maxShrink: 0.3,
  maxGrowth: 3,
  confirmAfterRuns: 3,
  confirmAfterHours: 24,
};

export const found = (validation: Validation): string[] | string =>
  validation.accepted ? validation.calls.map((c) => c.reference).sort() : validation.why;
