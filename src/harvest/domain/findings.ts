import type { CallContent, SourceStatus } from '../../calls/domain/index.js';
import { HOUR_MS } from '../../kernel/durations.js';

/** What shows a call: a harvest of its source, or the source's own list alone. */
export type Evidence = 'harvest' | 'list';

/** How a source's call stands in the store before a run is put in. */
export interface KnownSourceRecord {
  key: string;
  evidence: Evidence;
  callId: string;
  contentHash: string;
  missedRuns: number;
  missingSince: Date | null;
  goneAt: Date | null;
  /** Its call has ended: the source that led it dropped it, and no other showed it. */
  ended: boolean;
  lastDeadlineAt: Date | null;
  sourceStatus: SourceStatus;
}

/** A call as an accepted run shows it. */
export interface SeenCall {
  key: string;
  content: CallContent;
  hash: string;
  /** The document that shows it. */
  documentHash: string | null;
}

export interface Grace {
  /** A call that was missing in so many good runs in a row, over so many hours, is gone. */
  goneAfterRuns: number;
  goneAfterHours: number;
  /** One that vanished within so many hours of its last deadline has closed; before that it was withdrawn. */
  closingHours: number;
}

/**
 * What an accepted run says against what was known. A call is in one of the lists, or nothing is new about
 * it.
 */
export interface Findings<K extends KnownSourceRecord> {
  fresh: SeenCall[];
  changed: { known: K; seen: SeenCall }[];
  /** Taken for gone, or its call had ended, and there again. */
  back: { known: K; seen: SeenCall }[];
  missing: K[];
  /** `null`: its source had said before that it is closed. */
  gone: { known: K; as: 'closed' | 'withdrawn' | null }[];
}

/** Portals drop a call at its deadline, some a day or two early: that is its end and no withdrawal. */
function endOf(
  { lastDeadlineAt, sourceStatus }: KnownSourceRecord,
  missingSince: Date,
  { closingHours }: Grace,
): 'closed' | 'withdrawn' | null {
  if (sourceStatus === 'closed') return null;
  return lastDeadlineAt && lastDeadlineAt.getTime() <= missingSince.getTime() + closingHours * HOUR_MS
    ? 'closed'
    : 'withdrawn';
}

function isGone(known: KnownSourceRecord, now: Date, grace: Grace): boolean {
  if (!known.missingSince || known.missedRuns + 1 < grace.goneAfterRuns) return false;
  return now.getTime() - known.missingSince.getTime() >= grace.goneAfterHours * HOUR_MS;
}

/** A row that is there and could not be read says that its call is there too. */
const unreadable = ({ key }: KnownSourceRecord, unread: string[]): boolean =>
  unread.some((reference) => key.includes(`/${reference}/`));

/** What a source's own list says of a call: it shows it as living, it does not, or the list is not known. */
export type Listed = 'living' | 'not-living' | 'unknown';

/** A run as it is compared with what is known. */
export interface ComparedRun<K extends KnownSourceRecord> {
  whole: boolean;
  unread: string[];
  now: Date;
  listed?: (known: K) => Listed;
}

/**
 * What a harvest never showed it cannot miss: of such a call the list alone speaks, for as long as it is
 * known.
 */
const isMissable = (known: KnownSourceRecord, listed: Listed): boolean =>
  known.evidence === 'harvest' || listed === 'not-living';

/**
 * Compares an accepted run with what is known. `whole` says that the run lists all that the source has: only
 * then an absence is a finding, and only after many good runs a call that is missing is taken for gone. One
 * that the source's own list still shows may be missing, and is never gone.
 */
export function findings<K extends KnownSourceRecord>(
  known: K[],
  seen: SeenCall[],
  run: ComparedRun<K>,
  grace: Grace,
): Findings<K> {
  const byKey = new Map(known.map((k) => [k.key, k]));
  const shown = new Set(seen.map((s) => s.key));
  const found: Findings<K> = { fresh: [], changed: [], back: [], missing: [], gone: [] };
  for (const call of seen) {
    const before = byKey.get(call.key);
    if (!before) found.fresh.push(call);
    else if (before.goneAt || before.ended) found.back.push({ known: before, seen: call });
    else if (before.contentHash !== call.hash) found.changed.push({ known: before, seen: call });
  }
  if (!run.whole) return found;
  for (const k of known.filter((x) => !shown.has(x.key) && !x.goneAt && !unreadable(x, run.unread))) {
    const listed = run.listed?.(k) ?? 'unknown';
    if (!isMissable(k, listed)) continue;
    if (listed !== 'living' && isGone(k, run.now, grace))
      found.gone.push({ known: k, as: endOf(k, k.missingSince!, grace) });
    else found.missing.push(k);
  }
  return found;
}
