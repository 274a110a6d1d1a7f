import { canonicalJson, sourceRecordKey, type ParsedCall } from '../../calls/domain/index.js';
import { sizeDoubt, type Past, type SizeRules } from './size.js';
import {
  partOf,
  type QuickCheckTarget,
  type ParsedPage,
  type ReadDocument,
  type SourceDefinition,
} from './source.js';

/**
 * A part of a source: how many rows the source says it holds, null where it does not say, and how many were
 * seen.
 */
interface ScannedPart {
  name: string;
  total: number | null;
  seen: number;
}

/** What one scan over a source found. */
export interface Scan {
  calls: Map<string, ParsedCall>;
  /** The key of the request whose document shows a call, by the call's own key. */
  shownBy: Map<string, string>;
  /** A source that is not walked in parts has one, without a name. */
  parts: ScannedPart[];
  unread: ParsedPage['unread'];
  /** Rows that are there and are no calls of the source, with the reason, by their own keys. */
  leftOut: Map<string, string>;
}

/** `size` is how many rows there were where that alone is why: what later runs insist on is true. */
export type Validation =
  { accepted: true; calls: ParsedCall[] } | { accepted: false; why: string; size: number | null };

export interface ValidationRules extends SizeRules {
  maxUnreadShare: number;
}

/** So many rows are enough to tell one that is bad from a form that changed. */
const FEW = 3;

/** A scan of a part, before it is put together with the others. */
function scanOfPart(documents: ReadDocument[]): Omit<Scan, 'parts'> & { total: number | null } {
  const total =
    documents
      .map((d) => d.page.total)
      .filter((t) => t !== null)
      .at(-1) ?? null;
  const scan = {
    calls: new Map<string, ParsedCall>(),
    shownBy: new Map<string, string>(),
    leftOut: new Map<string, string>(),
    total,
  };
  const unread = new Map<string, ParsedPage['unread'][number]>();
  for (const { key: shownBy, page } of documents) {
    if (page.total !== null && page.total !== total) continue;
    for (const call of page.calls) {
      const key = sourceRecordKey(call);
      scan.calls.set(key, call);
      scan.shownBy.set(key, shownBy);
    }
    for (const row of page.unread)
      unread.set(row.reference === null ? canonicalJson(row) : rowKey(row.reference, row.language), row);
    for (const { key, why } of page.leftOut ?? []) scan.leftOut.set(key, why);
  }
  for (const { reference, language } of scan.calls.values())
    for (const key of [rowKey(reference), rowKey(reference, language)]) unread.delete(key);
  return { ...scan, unread: [...unread.values()] };
}

/**
 * Puts a scan's pages together, each part of the source by itself. The last total told of a part is the one
 * that counts (it was asked after the pages); a page that told another was answered from another state of the
 * source and is set aside, so that its rows cannot pass for this one's. A row that was read in one document
 * and not in another is one row, and it was read; in another language it is another row.
 */
export function scanOf(documents: ReadDocument[]): Scan {
  const names = [...new Set(documents.map((d) => partOf(d.key)))];
  const parts = names.map((name) => ({
    name,
    ...scanOfPart(documents.filter((d) => partOf(d.key) === name)),
  }));
  return {
    calls: new Map(parts.flatMap((p) => [...p.calls])),
    shownBy: new Map(parts.flatMap((p) => [...p.shownBy])),
    parts: parts.map((p) => ({
      name: p.name,
      total: p.total,
      seen: p.calls.size + present(p).length + p.leftOut.size,
    })),
    unread: parts.flatMap((p) => p.unread),
    leftOut: new Map(parts.flatMap((p) => [...p.leftOut])),
  };
}

const rowKey = (reference: string, language = ''): string => `${reference}/${language}`;

/** The same of a quick check, whose every page is a search of its own and tells the total of that one. */
export const quickCheckScanOf = (documents: ReadDocument[]): Scan =>
  scanOf(documents.map(({ key, page }) => ({ key, page: { ...page, total: null } })));

const present = ({ unread }: Pick<Scan, 'unread'>): Scan['unread'] =>
  unread.filter((row) => !row.gone && !row.aside && !row.extra);
const seenIn = (scan: Scan): number => scan.calls.size + present(scan).length;

function incomplete({ parts }: Scan, number: number): string | null {
  const lacking = parts.find(({ total, seen }) => total !== null && total !== seen);
  if (!lacking) return null;
  const { name, total, seen } = lacking;
  return `scan ${number} found ${seen} of the ${total} ${name ? `${name} ` : 'calls '}that the source says it holds`;
}

// Parsers remember what they made of a row, so that most often it is the same object that both scans hold.
const same = (a: ParsedCall, b: ParsedCall | undefined): boolean =>
  a === b || canonicalJson(a) === canonicalJson(b);

function disagreement(a: Scan, b: Scan): string | null {
  const onlyA = [...a.calls.keys()].filter((k) => !b.calls.has(k)).length;
  const onlyB = [...b.calls.keys()].filter((k) => !a.calls.has(k)).length;
  if (onlyA || onlyB)
    return `two scans disagree: ${onlyA} calls only in the first, ${onlyB} only in the second`;
  const other = [...a.calls].filter(([k, call]) => !same(call, b.calls.get(k))).length;
  return other ? `two scans disagree on what ${other} calls say` : null;
}

function unreadable(scan: Scan, { maxUnreadShare }: { maxUnreadShare: number }): string | null {
  const [unread, seen] = [present(scan), seenIn(scan)];
  // In a small source one bad page is more than any share, and no sign that its form changed.
  if (unread.length <= Math.max(maxUnreadShare * seen, seen >= FEW ? 1 : 0)) return null;
  return `${unread.length} of ${seen} rows could not be read, first of all: ${unread[0]!.why}`;
}

/**
 * Whether an accepted scan shows all that there is: only where nothing beside the lists is wanting by which
 * they are checked.
 */
export const isWhole = (
  { coverage }: Pick<SourceDefinition, 'coverage'>,
  { unread }: Pick<Scan, 'unread'>,
): boolean => coverage === 'full' && !unread.some((row) => row.aside);

/** A page that is gone says something of itself alone; most of them say that the site has moved. */
function mostlyGone(scan: Scan): string | null {
  const gone = scan.unread.filter((row) => row.gone);
  return gone.length > seenIn(scan)
    ? `${gone.length} of ${gone.length + seenIn(scan)} pages are gone, first of all: ${gone[0]!.why}`
    : null;
}

function validation(why: string | null, { calls }: Scan, size: number | null = null): Validation {
  return why === null ? { accepted: true, calls: [...calls.values()] } : { accepted: false, why, size };
}

/**
 * Whether a harvest may change anything. It may where each scan holds as many calls as the source counts
 * before and after, the two agree call by call, there are as many as this source is known to have and as its
 * own recent runs lead to expect, and nearly all rows were read.
 */
export function judge(
  first: Scan,
  second: Scan,
  source: Pick<SourceDefinition, 'expectsAtLeast' | 'coverage'>,
  rules: ValidationRules,
  past: Past,
): Validation {
  const few =
    first.calls.size < source.expectsAtLeast
      ? `only ${first.calls.size} calls, and this source is known to hold at least ${source.expectsAtLeast}`
      : null;
  const doubt =
    incomplete(first, 1) ?? incomplete(second, 2) ?? disagreement(first, second) ?? few ?? mostlyGone(first);
  if (doubt !== null) return validation(doubt, first);
  const size = source.coverage === 'full' ? sizeDoubt(seenIn(first), past, rules) : null;
  return size === null ? validation(unreadable(first, rules), first) : validation(size, first, seenIn(first));
}

/**
 * The same of a quick check: the two agree. Of what it shows only the calls that were asked for count:
 * sources are asked by what names a call there, which another may bear too. That a call is absent, or cannot
 * be read, says nothing.
 */
export function judgeQuickCheck(first: Scan, second: Scan, targets: QuickCheckTarget[]): Validation {
  const asked = new Set(targets.map((t) => t.reference));
  const doubt = disagreement(first, second);
  return doubt === null
    ? { accepted: true, calls: [...first.calls.values()].filter((c) => asked.has(c.reference)) }
    : { accepted: false, why: doubt, size: null };
}
