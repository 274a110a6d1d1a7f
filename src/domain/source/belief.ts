import { canonicalJson, sightingKey } from '../call/content-hash.js';
import type { ParsedCall } from '../call/parsed-call.js';
import type { ParsedPage, ReadDocument, SourceDefinition } from './source.js';

/** What one scan over a source found. `total` is the source's own count, null where it gives none. */
export interface Scan {
  calls: Map<string, ParsedCall>;
  total: number | null;
  unread: ParsedPage['unread'];
}

export type Belief = { believed: true; calls: ParsedCall[] } | { believed: false; why: string };

/**
 * Puts a scan's pages together. The last total told is the one that counts (it was asked after the pages); a page that
 * told another was answered from another state of the source and is set aside, so that its rows cannot pass for this one's.
 * A row that was read in one document and not in another is one row, and it was read.
 */
export function scanOf(documents: ReadDocument[]): Scan {
  const total = documents.map((d) => d.page.total).filter((t) => t !== null).at(-1) ?? null;
  const calls = new Map<string, ParsedCall>();
  const unread = new Map<string, ParsedPage['unread'][number]>();
  for (const { page } of documents) {
    if (page.total !== null && page.total !== total) continue;
    for (const call of page.calls) calls.set(sightingKey(call), call);
    for (const row of page.unread) unread.set(row.reference ?? canonicalJson(row), row);
  }
  for (const { reference } of calls.values()) unread.delete(reference);
  return { calls, total, unread: [...unread.values()] };
}

function incomplete(scan: Scan, number: number): string | null {
  const seen = scan.calls.size + scan.unread.length;
  if (scan.total === null || scan.total === seen) return null;
  return `scan ${number} found ${seen} of the ${scan.total} calls that the source says it holds`;
}

function disagreement(a: Scan, b: Scan): string | null {
  const onlyA = [...a.calls.keys()].filter((k) => !b.calls.has(k)).length;
  const onlyB = [...b.calls.keys()].filter((k) => !a.calls.has(k)).length;
  if (onlyA || onlyB) return `two scans disagree: ${onlyA} calls only in the first, ${onlyB} only in the second`;
  const other = [...a.calls].filter(([k, call]) => canonicalJson(call) !== canonicalJson(b.calls.get(k))).length;
  return other ? `two scans disagree on what ${other} calls say` : null;
}

/**
 * Whether a harvest may change anything. It may where each scan holds as many calls as the source counts before and
 * after, the two agree call by call, there are as many as this source is known to have, and nearly all rows were read.
 */
export function judge(
  first: Scan,
  second: Scan,
  source: Pick<SourceDefinition, 'expectsAtLeast'>,
  settings: { maxUnreadShare: number },
): Belief {
  const seen = first.calls.size + first.unread.length;
  const why =
    incomplete(first, 1) ??
    incomplete(second, 2) ??
    disagreement(first, second) ??
    (first.calls.size < source.expectsAtLeast
      ? `only ${first.calls.size} calls, and this source is known to hold at least ${source.expectsAtLeast}`
      : null) ??
    (first.unread.length > settings.maxUnreadShare * seen
      ? `${first.unread.length} of ${seen} rows could not be read, first of all: ${first.unread[0]!.why}`
      : null);
  return why === null ? { believed: true, calls: [...first.calls.values()] } : { believed: false, why };
}
