import type { CallContent } from '../../calls/domain/call-content.js';
import type { SourceStatus } from '../../calls/domain/status.js';
import { HOUR_MS } from '../../kernel/durations.js';

/** What shows a call: a harvest of its source, or only the source's own list. */
export type Evidence = 'harvest' | 'list';

/** A source's stored call before a run is merged. */
export interface KnownSourceRecord {
  key: string;
  evidence: Evidence;
  callId: string;
  contentHash: string;
  missedRuns: number;
  missingSince: Date | null;
  goneAt: Date | null;
  /** Its call has ended: the leading source dropped it, and no other source showed it. */
  ended: boolean;
  lastDeadlineAt: Date | null;
  sourceStatus: SourceStatus;
}

/** A call as shown in an accepted run. */
export interface SeenCall {
  key: string;
  content: CallContent;
  hash: string;
  /** The document that shows it. */
  documentHash: string | null;
  /** Whether that says nothing of its status and its other pages. */
  isBare?: boolean;
}

export interface Grace {
  /** A call missing in this many good runs in a row, over this many hours, is gone. */
  goneAfterRuns: number;
  goneAfterHours: number;
  /** A call gone within this many hours of its last deadline has closed; earlier, it was withdrawn. */
  closingHours: number;
}

/**
 * The differences between an accepted run and the stored state. A call is in one of the lists, or nothing
 * about it is new.
 */
export interface Findings<K extends KnownSourceRecord> {
  fresh: SeenCall[];
  changed: { known: K; seen: SeenCall }[];
  /** Considered gone, or its call had ended, and now shown again. */
  back: { known: K; seen: SeenCall }[];
  missing: K[];
  /** `null`: its source had already said that it is closed. */
  gone: { known: K; as: 'closed' | 'withdrawn' | null }[];
}

/** Portals drop a call at its deadline, some a day or two early: it has closed and was not withdrawn. */
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

/** Whether the call's row exists but could not be read: the call is then not missing. */
const unreadable = ({ key }: KnownSourceRecord, unread: string[]): boolean =>
  unread.some((reference) => key.includes(`/${reference}/`));

/** The status of a call in a source's own list: living, not living, or unknown if the list is unknown. */
export type Listed = 'living' | 'not-living' | 'unknown';

/** A run to compare with the stored state. */
export interface ComparedRun<K extends KnownSourceRecord> {
  whole: boolean;
  unread: string[];
  now: Date;
  listed?: (known: K) => Listed;
}

/**
 * A harvest cannot miss a call it never showed: for such a call only the list counts, as long as it is known.
 */
const isMissable = (known: KnownSourceRecord, listed: Listed): boolean =>
  known.evidence === 'harvest' || listed === 'not-living';

/**
 * Compares an accepted run with the stored state. `whole` says that the run lists everything the source has:
 * only then is an absence a finding, and only after many good runs is a missing call considered gone. A call
 * that the source's own list still shows may be missing, but is never gone.
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
