import { join } from 'node:path';
import { readSampleCalls } from '../../src/demo/sample-calls.js';
import { portalRecords } from '../../src/demo/sample-records.js';
import { RunReader, seenCalls } from '../../src/harvest/run-documents.js';
import { scanOf } from '../../src/harvest/domain/scan-agreement.js';
import { source } from '../../src/harvest/sources/funding-tenders/funding-tenders.source.js';

/** Enough rows to hold the process for much longer than a turn. */
const ROWS = portalRecords(
  readSampleCalls(join(__dirname, '../../config/demo/calls')),
  new Date('2026-06-01T12:00:00Z'),
);
const SOURCE = { ...source, trusted: true, listTrusted: true, headers: {} };

/** Returns the result of an action, and how often others had a turn meanwhile. */
async function turnsIn<T>(act: () => Promise<T>): Promise<{ result: T; turns: number }> {
  let turns = 0;
  let over = false;
  const turn = (): void => {
    if (over) return;
    turns += 1;
    setImmediate(turn);
  };
  setImmediate(turn);
  const result = await act();
  over = true;
  return { result, turns };
}

it('a page of many rows is read, and its calls are put by our rules, while others have their turn', async () => {
  const results = [1, 2, 3].flatMap((copy) =>
    ROWS.map((row) => ({ ...row, reference: `${copy}${row.reference}` })),
  );
  const document = {
    key: 'grants-en: identifier 1.1',
    mediaType: 'application/json',
    bytes: Buffer.from(JSON.stringify({ totalResults: results.length, results })),
  };
  const reader = new RunReader(undefined as never);
  const read = await turnsIn(() => reader.parse(SOURCE, 'hash', document));
  expect(read.result.calls).toHaveLength(results.length);
  expect(read.turns).toBeGreaterThan(3);
  const scan = scanOf([{ key: document.key, page: read.result }]);
  const seen = await turnsIn(() => seenCalls(scan, []));
  expect(seen.result).toHaveLength(results.length);
  expect(seen.turns).toBeGreaterThan(3);
});
