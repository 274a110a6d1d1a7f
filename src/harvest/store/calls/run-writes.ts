import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { type Change, type ChangeKind, changesBetween } from '../../../calls/domain/versions/diff.js';
import { pointsTo } from '../../../calls/domain/versions/identity.js';
import { isLongOver } from '../../../calls/domain/status.js';
import { changesOfLead, changesOfPlace } from '../../../calls/domain/versions/lead-change.js';
import { settled } from '../../domain/jitter.js';
import type { Evidence, Findings, SeenCall } from '../../domain/findings.js';
import { callContents, othersOf, type Known, type SourceRecordWrite } from '../source-records.js';
import { joinable } from './call-identities.js';
import type { CallWrite } from './call-writer.js';

/**
 * Reads documents again with our current parser and rules, by call key: a difference due only to another
 * version of the program is no change of a call.
 */
export type RereadDocuments = (
  documents: { key: string; documentHash: string }[],
) => Promise<Map<string, CallContent>>;

/** The part of a run that determines what is written. */
interface Run {
  source: { id: string };
  now: Date;
  evidence: Evidence;
  reread?: RereadDocuments;
}

/** A source's stored content of calls, by key. */
type Contents = Map<string, CallContent>;
type SeenAgain = Findings<Known>['back'][number];

/** The writes of a run: versions of calls, and records of sources. */
interface Writes {
  versions: CallWrite[];
  sourceRecords: SourceRecordWrite[];
}

const ofCall = (kind: ChangeKind): Change => ({ kind, field: 'call', from: null, to: null });

const versionOf = (seen: SeenCall, callId: string, version: number) => ({
  callId,
  version,
  seen,
  withdrawnAt: null,
});

/**
 * Returns the writes of an accepted run. `isOld` says that a call belongs to the start of its source's
 * history and is no news.
 */
export async function writesOf(
  tx: EntityManager,
  run: Run,
  found: Findings<Known>,
  contents: Contents,
  isOld: (seen: SeenCall) => boolean,
): Promise<Writes> {
  const writes = [
    await ofFresh(tx, run, found.fresh, isOld),
    await ofSeenAgain(tx, run, found, contents),
    await ofGone(tx, found, run.now),
  ];
  return {
    versions: writes.flatMap((w) => w.versions),
    sourceRecords: writes.flatMap((w) => w.sourceRecords),
  };
}

/** Merges a record into the call that another source shows; its publisher's record takes precedence. */
async function ofFresh(
  tx: EntityManager,
  { source, now }: Run,
  fresh: SeenCall[],
  isOld: (seen: SeenCall) => boolean,
): Promise<Writes> {
  const joins = await joinable(tx, source.id, fresh);
  const writes: Writes = { versions: [], sourceRecords: [] };
  for (const seen of fresh) {
    const call = joins.get(seen.key);
    const callId = call?.id ?? randomUUID();
    const owns = !call || pointsTo(call.content, seen.content);
    const leads = owns || call.ended;
    writes.sourceRecords.push({ callId, leads, owns, seen });
    if (!call)
      writes.versions.push({
        ...versionOf(seen, callId, 1),
        changes: isOld(seen) || isLongOver(seen.content, now) ? [] : [ofCall('new')],
      });
    else if (leads) {
      const again = call.ended ? [ofCall('reappeared')] : [];
      writes.versions.push({
        ...versionOf(seen, callId, call.version + 1),
        changes: [...again, ...changesOfLead(call.content, seen.content)],
      });
    }
  }
  return writes;
}

async function ofSeenAgain(
  tx: EntityManager,
  { reread, evidence }: Run,
  { changed, back }: Findings<Known>,
  contents: Contents,
): Promise<Writes> {
  const documents = [...changed, ...back].flatMap(({ known: { key, documentHash } }) =>
    documentHash ? [{ key, documentHash }] : [],
  );
  const now = reread ? await reread(documents) : new Map<string, CallContent>();
  const change = ({ known: k, seen }: SeenAgain): Change[] => {
    const stored = contents.get(k.key)!;
    if (k.evidence !== evidence) return changesOfPlace(stored, seen.content);
    return changesBetween(settled(stored, now.get(k.key) ?? stored), seen.content);
  };
  const writes = await ofReturned(tx, back, change);
  for (const c of changed) {
    writes.sourceRecords.push({
      callId: c.known.callId,
      leads: c.known.leads,
      owns: c.known.owns,
      seen: c.seen,
    });
    if (c.known.leads)
      writes.versions.push({
        ...versionOf(c.seen, c.known.callId, c.known.version + 1),
        changes: change(c),
      });
  }
  return writes;
}

/**
 * If a call had ended, the first source to show it again leads; if it had not, its owner takes the lead back.
 */
async function ofReturned(
  tx: EntityManager,
  back: SeenAgain[],
  change: (b: SeenAgain) => Change[],
): Promise<Writes> {
  const calls = await callContents(
    tx,
    back.filter(({ known: k }) => !k.leads).map(({ known: k }) => k.callId),
  );
  const writes: Writes = { versions: [], sourceRecords: [] };
  for (const b of back) {
    const { known: k, seen } = b;
    const leads = k.leads || k.ended || k.owns;
    writes.sourceRecords.push({ callId: k.callId, leads, owns: k.owns, seen });
    if (!leads) continue;
    const changes = k.leads ? change(b) : changesOfLead(calls.get(k.callId)!, seen.content);
    writes.versions.push({
      ...versionOf(seen, k.callId, k.version + 1),
      changes: [...(k.ended ? [ofCall('reappeared')] : []), ...changes],
    });
  }
  return writes;
}

/**
 * A call dropped by one source but shown by another continues with that one's content; it ends with its last
 * source.
 */
async function ofGone(tx: EntityManager, { gone }: Findings<Known>, now: Date): Promise<Writes> {
  const leading = gone.filter(({ known: k }) => k.leads);
  const others = await othersOf(
    tx,
    leading.map(({ known: k }) => k),
    now,
  );
  const contents = await callContents(tx, [...others.keys()]);
  const writes: Writes = { versions: [], sourceRecords: [] };
  for (const { known: k, as } of leading) {
    const other = others.get(k.callId);
    if (other) {
      writes.versions.push({
        ...versionOf(other.seen, k.callId, k.version + 1),
        changes: changesOfLead(contents.get(k.callId)!, other.seen.content),
      });
      writes.sourceRecords.push({
        callId: k.callId,
        leads: true,
        owns: other.owns,
        sourceId: other.sourceId,
        seen: other.seen,
      });
    } else if (as) {
      const withdrawnAt = as === 'withdrawn' ? now : null;
      writes.versions.push({
        callId: k.callId,
        version: k.version + 1,
        seen: null,
        changes: [{ ...ofCall(as), from: k.sourceStatus }],
        withdrawnAt,
      });
    }
  }
  return writes;
}
