/**
 * A portal with enough calls to be accepted, whose calls appear and change while the installation is in
 * trouble.
 */
import { join } from 'node:path';
import { CONFIG_FOLDER } from '../../../dist/app/wiring.js';
import { readSampleCalls } from '../../../dist/demo/sample-calls.js';
import { source } from '../../../dist/harvest/sources/funding-tenders/funding-tenders.source.js';
import { startSamplePortal } from '../../../dist/demo/sample-portal.js';
import { portalRecords } from '../../../dist/demo/sample-records.js';

const COPIES = 6;
const [ADDED, CHANGED] = [5, 7];
/** Milliseconds before each answer, so that a fault hits in the middle of a harvest. */
const SLOW_MS = 400;

const copyOf = (call, copy) => ({
  ...call,
  identifier: `${call.identifier}-copy${copy}`,
  title: `${call.title}, copy ${copy}`,
  ...(call.callIdentifier && { callIdentifier: `${call.callIdentifier}-copy${copy}` }),
});

const sampleCalls = () => readSampleCalls(join(CONFIG_FOLDER, 'demo', 'calls'));

/** With fewer copies the source would show less than it is known to hold, and fail validation. */
export const leastCopies = () => Math.ceil((source.expectsAtLeast + ADDED) / sampleCalls().length);

export class Portal {
  static async start(copies = COPIES) {
    const portal = new Portal();
    const samples = sampleCalls();
    const all = Array.from({ length: copies }, (_, copy) => samples.map((call) => copyOf(call, copy))).flat();
    const records = portalRecords(all, new Date());
    portal.hidden = records.slice(-ADDED);
    portal.records = records.slice(0, -ADDED);
    portal.server = await startSamplePortal({ records: portal.records, seed: 7 });
    return portal;
  }

  get url() {
    return this.server.url;
  }

  /** Adds some calls and retitles others; answers are slow from now on. */
  moveOn() {
    this.records = [
      ...this.records.map((record, i) => (i < CHANGED ? retitled(record) : record)),
      ...this.hidden,
    ];
    this.server.set({ records: this.records, faults: { slowMs: SLOW_MS } });
  }

  close() {
    return this.server.close();
  }

  /**
   * Compares stored calls with those shown: one version per call, or two if it changed once. `held` maps
   * numbers of versions to numbers of calls.
   */
  judge(held) {
    const expected = { 1: this.records.length - CHANGED, 2: CHANGED };
    const told = JSON.stringify(held);
    return told === JSON.stringify(expected)
      ? null
      : `calls by version: ${told}, and there were ${JSON.stringify(expected)} to see`;
  }
}

function retitled(record) {
  const field = record.metadata.type[0] === '8' ? 'callTitle' : 'title';
  return {
    ...record,
    metadata: { ...record.metadata, [field]: [`${record.metadata[field][0]}, second edition`] },
  };
}
