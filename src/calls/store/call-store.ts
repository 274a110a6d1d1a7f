import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { CallContent } from '../domain/call-content.js';
import { contentHash } from '../domain/versions/content-hash.js';
import { changesBetween, type Change, type ChangeKind } from '../domain/versions/diff.js';
import { pointsTo } from '../domain/versions/identity.js';
import { settled } from '../domain/versions/jitter.js';
import { isLongOver } from '../domain/status.js';
import { changesOfLead, changesOfPlace } from '../domain/versions/lead-change.js';
import { eventsOfVersions } from '../../notifications/domain/events/notifiable-events.js';
import type { Scan } from '../../harvest/domain/validation.js';
import {
  findings,
  type Evidence,
  type Findings,
  type Grace,
  type Listed,
  type SeenCall,
} from '../../harvest/domain/findings.js';
import { HarvestRunEntity, type RunCounts, type RunKind } from '../../harvest/store/harvest-run.entity.js';
import { longTransaction } from '../../platform/database/long-work.js';
import { withNotes, type SeenNote } from './call-notes.js';
import { writeVersions, type CallWrite } from './call-writer.js';
import { writeEvents } from './event-writer.js';
import { STORE_LOCK } from '../../platform/database/locks.js';
import { joinable } from './call-identities.js';
import { listedNow, type ListedNow } from '../../harvest/store/listed-now.js';
import {
  callContents,
  contentsOf,
  known,
  recordEmbedding,
  othersOf,
  writeSourceRecords,
  type Known,
  type SourceRecordWrite,
} from '../../harvest/store/source-records.js';
import { afterGoodRun } from '../../harvest/store/source-states.js';

/** What a believed run says. Only of a `whole` one, which lists all there is, an absent call is a finding. */
export interface Harvest {
  source: { id: string; quietAfterDays: number };
  runId: string;
  kind: RunKind;
  evidence: Evidence;
  whole: boolean;
  now: Date;
  calls: SeenCall[];
  /** Rows that were there and could not be read. */
  unread: Scan['unread'];
  notes: SeenNote[];
  /** What is noted of the run beside what it found. */
  noted?: Pick<RunCounts, 'totals' | 'made'>;
  /** When it is read again, whole and at a glance. */
  next: { dueAt: Date; glanceAt: Date };
  /**
   * What our present parser and rules make of documents that were read before, by the call's key: what another version of the
   * program read otherwise is no change of a call.
   */
  reread?: (documents: { key: string; documentHash: string }[]) => Promise<Map<string, CallContent>>;
}

/** What a source said of calls up to now, by key. */
type Said = Map<string, CallContent>;
type SeenAgain = Findings<Known>['back'][number];

/** What a run makes of the store: versions of calls, and what their sources say. */
interface Writes {
  versions: CallWrite[];
  sightings: SourceRecordWrite[];
}

/** Writes what a believed run says, in one transaction. */
@Injectable()
export class CallStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Stores a believed run: new calls, a version for each that a reader would see changed, the end of those that were gone for
   * long, the time of sight of the others. The run ends and its source is good again in the same transaction, so that
   * neither goes without the other. Null, and nothing is changed, where the run has ended meanwhile.
   */
  async store(harvest: Harvest, grace: Grace): Promise<RunCounts | null> {
    return longTransaction(this.database, async (tx) => {
      // One store at a time, so that the order of versions is the order of commits: a reader who has seen up to N has all of N.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [STORE_LOCK]);
      const source = await this.underWay(tx, harvest);
      if (!source) return null;
      const before = await known(tx, harvest.source.id);
      const list = await listedNow(tx, harvest.source.id, harvest.now);
      const unread = harvest.unread.flatMap((row) => row.reference ?? []);
      const all = findings(
        before,
        harvest.calls,
        { ...harvest, unread, listed: (k) => listedAs(k, list) },
        grace,
      );
      const said = await contentsOf(
        tx,
        [...all.changed, ...all.back].map(({ known: k }) => k),
      );
      const found = withoutJitter(all, said);
      // What is there when a source, or its list, is read first is where its history begins, and no news of it.
      const isOld = ({ content }: SeenCall): boolean =>
        source.lastGoodRunAt === null ||
        (list.fromTheStart.has(content.reference) && harvest.evidence === 'list');
      const writes = await this.writes(tx, harvest, found, said, isOld);
      const versions = await withNotes(tx, writes.versions, harvest);
      await writeVersions(tx, versions, harvest);
      await writeSourceRecords(tx, writes.sightings, harvest);
      await recordEmbedding(tx, harvest, before, found);
      const counts = {
        calls: harvest.calls.length,
        new: found.fresh.length,
        changed: found.changed.length,
        missing: found.missing.length,
        gone: found.gone.length,
        unread: harvest.unread.length,
        unreadWhy: harvest.unread[0]?.why ?? null,
        ...harvest.noted,
      };
      await tx.update(
        HarvestRunEntity,
        { id: harvest.runId },
        { state: 'believed', endedAt: harvest.now, counts },
      );
      await afterGoodRun(tx, harvest);
      await writeEvents(tx, eventsOfVersions(versions), harvest.now);
      return counts;
    });
  }

  /** Locks the source and the run, in this order as everywhere. */
  private async underWay(
    tx: EntityManager,
    { source, runId }: Harvest,
  ): Promise<{ lastGoodRunAt: Date | null } | null> {
    const sources: { lastGoodRunAt: Date | null }[] = await tx.query(
      'SELECT last_good_run_at AS "lastGoodRunAt" FROM source WHERE id = $1 FOR UPDATE',
      [source.id],
    );
    const runs: unknown[] = await tx.query(
      'SELECT id FROM harvest_run WHERE id = $1 AND ended_at IS NULL FOR UPDATE',
      [runId],
    );
    return runs.length === 1 ? sources[0]! : null;
  }

  private async writes(
    tx: EntityManager,
    harvest: Harvest,
    found: Findings<Known>,
    said: Said,
    isOld: (seen: SeenCall) => boolean,
  ): Promise<Writes> {
    const writes = [
      await this.fresh(tx, harvest, found.fresh, isOld),
      await this.seenAgain(tx, harvest, found, said),
      await this.gone(tx, found, harvest.now),
    ];
    return { versions: writes.flatMap((w) => w.versions), sightings: writes.flatMap((w) => w.sightings) };
  }

  /** A call that another source shows already is that call; its publisher's word is the one that counts. */
  private async fresh(
    tx: EntityManager,
    { source, now }: Harvest,
    fresh: SeenCall[],
    isOld: (seen: SeenCall) => boolean,
  ): Promise<Writes> {
    const joins = await joinable(tx, source.id, fresh);
    const writes: Writes = { versions: [], sightings: [] };
    for (const seen of fresh) {
      const call = joins.get(seen.key);
      const callId = call?.id ?? randomUUID();
      const owns = !call || pointsTo(call.content, seen.content);
      const leads = owns || call.ended;
      writes.sightings.push({ callId, leads, owns, seen });
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

  private async seenAgain(
    tx: EntityManager,
    { reread, evidence }: Harvest,
    { changed, back }: Findings<Known>,
    said: Said,
  ): Promise<Writes> {
    const documents = [...changed, ...back].flatMap(({ known: { key, documentHash } }) =>
      documentHash ? [{ key, documentHash }] : [],
    );
    const now = reread ? await reread(documents) : new Map<string, CallContent>();
    const change = ({ known: k, seen }: SeenAgain): Change[] => {
      const stored = said.get(k.key)!;
      if (k.evidence !== evidence) return changesOfPlace(stored, seen.content);
      return changesBetween(settled(stored, now.get(k.key) ?? stored), seen.content);
    };
    const writes = await this.returned(tx, back, change);
    for (const c of changed) {
      writes.sightings.push({
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

  /** Of a call that had ended whoever shows it first again leads; of one that went on its owner takes the lead back. */
  private async returned(
    tx: EntityManager,
    back: SeenAgain[],
    change: (b: SeenAgain) => Change[],
  ): Promise<Writes> {
    const calls = await callContents(
      tx,
      back.filter(({ known: k }) => !k.leads).map(({ known: k }) => k.callId),
    );
    const writes: Writes = { versions: [], sightings: [] };
    for (const b of back) {
      const { known: k, seen } = b;
      const leads = k.leads || k.ended || k.owns;
      writes.sightings.push({ callId: k.callId, leads, owns: k.owns, seen });
      if (!leads) continue;
      const changes = k.leads ? change(b) : changesOfLead(calls.get(k.callId)!, seen.content);
      writes.versions.push({
        ...versionOf(seen, k.callId, k.version + 1),
        changes: [...(k.ended ? [ofCall('reappeared')] : []), ...changes],
      });
    }
    return writes;
  }

  /** A call that one source dropped and another still shows goes on as the other says; with its last source it ends. */
  private async gone(tx: EntityManager, { gone }: Findings<Known>, now: Date): Promise<Writes> {
    const leading = gone.filter(({ known: k }) => k.leads);
    const others = await othersOf(
      tx,
      leading.map(({ known: k }) => k),
      now,
    );
    const said = await callContents(tx, [...others.keys()]);
    const writes: Writes = { versions: [], sightings: [] };
    for (const { known: k, as } of leading) {
      const other = others.get(k.callId);
      if (other) {
        writes.versions.push({
          ...versionOf(other.seen, k.callId, k.version + 1),
          changes: changesOfLead(said.get(k.callId)!, other.seen.content),
        });
        writes.sightings.push({
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
}

/** What the source's own list says of a call; only topics stand in it. */
function listedAs({ kind, reference }: Known, { isKnown, living }: ListedNow): Listed {
  if (kind !== 'grant' || !isKnown) return 'unknown';
  return living.has(reference) ? 'living' : 'not-living';
}

/** Leaves out what only jitters: deadlines that are told with other seconds. */
function withoutJitter(found: Findings<Known>, said: Said): Findings<Known> {
  const still = ({ known: k, seen }: SeenAgain): SeenAgain => {
    const content = settled(said.get(k.key)!, seen.content);
    return {
      known: k,
      seen: content === seen.content ? seen : { ...seen, content, hash: contentHash(content) },
    };
  };
  return {
    ...found,
    changed: found.changed.map(still).filter(({ known: k, seen }) => seen.hash !== k.contentHash),
    back: found.back.map(still),
  };
}

const ofCall = (kind: ChangeKind): Change => ({ kind, field: 'call', from: null, to: null });

const versionOf = (seen: SeenCall, callId: string, version: number) => ({
  callId,
  version,
  seen,
  withdrawnAt: null,
});
