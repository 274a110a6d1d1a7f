import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { source } from '../../../src/harvest/sources/funding-tenders/funding-tenders.source.js';

export const varied = readFileSync(
  join(__dirname, '../../../src/harvest/sources/funding-tenders/fixtures/varied.json'),
);
export const parse = (body: string | Buffer, mediaType = 'application/json') =>
  source.parse({ key: 'page-1.1', mediaType, bytes: Buffer.from(body) });
export const answer = (change: object): string =>
  JSON.stringify({ ...(JSON.parse(varied.toString()) as object), ...change });

export interface AnyRow {
  reference: string;
  metadata?: Record<string, string[]>;
  [field: string]: unknown;
}
export const rows = (): AnyRow[] => (JSON.parse(varied.toString()) as { results: AnyRow[] }).results;
/** Parses a row of the page with changed fields; undefined removes a field. */
export function made(reference: string, change: Record<string, string[] | undefined>) {
  const row = rows().find((r) => r.reference === reference)!;
  return parse(answer({ results: [{ ...row, metadata: { ...row.metadata, ...change } }] }));
}
export const call = (reference: string, change: Record<string, string[] | undefined> = {}) =>
  made(reference, change).calls[0]!;
export const [GRANT, CASCADE, ACTION] = ['91000001TOPICSen', '9101COMPETITIVE_CALLen', '910001PROSPECTSEN'];
