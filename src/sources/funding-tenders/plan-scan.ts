import { scanOf } from '../../domain/source/belief.js';
import type { PlanContext, ReadDocument, SourceRequest } from '../../domain/source/source.js';
import { PAGE_SIZE, searchRequest } from './search-request.js';

/** How often one page is asked in a scan before the scan is left incomplete (and is then not believed). */
const MOST_TRIES = 6;

/** The service shows no row behind this one. What it holds beyond stays unseen, and the scan is then not believed. */
const REACH = 10_000;

const numberIn = (key: string): number => Number(/^page-(\d+)\./.exec(key)?.[1] ?? 0);

/** The total that most documents tell; of two equally told the larger, since every known fault of the service hides rows. */
function agreedTotal(done: ReadDocument[]): number {
  const votes = new Map<number, number>();
  for (const { page } of done) if (page.total !== null) votes.set(page.total, (votes.get(page.total) ?? 0) + 1);
  return [...votes].sort(([totalA, a], [totalB, b]) => b - a || totalB - totalA)[0]![0];
}

function seenIn(documents: ReadDocument[]): number {
  const { calls, unread } = scanOf(documents);
  return calls.size + unread.length;
}

/**
 * The next pages of a scan: the first, then the rest, then again those that were answered from another state of the
 * service (another total) and all of them where rows are still missing, last of all the total once more. The second
 * scan walks the other way round, so that no page is cut at the same rows.
 */
export function planScan(done: ReadDocument[], { scan, languages }: PlanContext): SourceRequest[] {
  const order = scan === 1 ? 'ASC' : 'DESC';
  const ask = (k: number, tries: number) => searchRequest(`page-${k}.${tries + 1}`, { number: k, size: PAGE_SIZE, order, languages });
  if (!done.length) return [ask(1, 0)];

  const total = agreedTotal(done);
  const agreeing = done.filter((d) => d.page.total === total);
  const tries = (k: number) => done.filter((d) => numberIn(d.key) === k).length;
  const pages = Array.from({ length: Math.max(1, Math.ceil(Math.min(total, REACH) / PAGE_SIZE)) }, (_, i) => i + 1);
  const missing = pages.filter((k) => !agreeing.some((d) => numberIn(d.key) === k));
  const wanted = missing.length || total > REACH || seenIn(agreeing) === total ? missing : pages;
  const again = wanted.filter((k) => tries(k) < MOST_TRIES);
  if (again.length) return again.map((k) => ask(k, tries(k)));
  if (wanted.length) return [];

  const after = done.filter((d) => d.key.startsWith('after.'));
  if (done.at(-1)!.key.startsWith('after.') && (done.at(-1)!.page.total === total || after.length >= MOST_TRIES)) return [];
  return [searchRequest(`after.${after.length + 1}`, { number: 1, size: 1, order, languages })];
}
