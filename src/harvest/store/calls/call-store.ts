import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { withoutJitter } from '../../domain/jitter.js';
import { eventsOfVersions } from '../../../calls/domain/index.js';
import type { Scan } from '../../domain/validation.js';
import { findings, type Evidence, type Grace, type Listed, type SeenCall } from '../../domain/findings.js';
import { HarvestRunEntity, type RunCounts, type RunKind } from '../harvest-run.entity.js';
import { longTransaction } from '../../../platform/database/long-work.js';
import { withNotes, type SeenNote } from './call-notes.js';
import { writeVersions } from './call-writer.js';
import { writeEvents } from '../../../calls/store/index.js';
import { writesOf, type RereadDocuments } from './run-writes.js';
import { STORE_LOCK } from '../../../platform/database/locks.js';
import { listedNow, type ListedNow } from '../listed-now.js';
import { contentsOf, known, recordEmbedding, writeSourceRecords, type Known } from '../source-records.js';
import { MonitorStates } from '../../../monitoring/store/index.js';
import { afterGoodRun } from '../source-states.js';

/**
 * What an accepted run says. Only of a `whole` one, which lists all there is, an absent call is a finding.
 */
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
  next: { dueAt: Date; quickCheckAt: Date };
  reread?: RereadDocuments;
}

/** Writes what an accepted run says, in one transaction. */
@Injectable()
export class CallStore {
  constructor(
    private readonly database: DataSource,
    private readonly monitors: MonitorStates,
  ) {}

  /**
   * Stores an accepted run: new calls, a version for each that a reader would see changed, the end of those
   * that were gone for long, the time of sight of the others. The run ends and its source is good again in
   * the same transaction, so that neither goes without the other. Null, and nothing is changed, where the run
   * has ended meanwhile.
   */
  async store(harvest: Harvest, grace: Grace): Promise<RunCounts | null> {
    return longTransaction(this.database, async (tx) => {
      // One store at a time, so that the order of versions is the order of commits: a reader who has seen up
      // to N has all of N.
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
      const contents = await contentsOf(
        tx,
        [...all.changed, ...all.back].map(({ known: k }) => k),
      );
      const found = withoutJitter(all, contents);
      // What is there when a source, or its list, is read first is where its history begins, and no news of
      // it.
      const isOld = ({ content }: SeenCall): boolean =>
        source.lastGoodRunAt === null ||
        (list.fromTheStart.has(content.reference) && harvest.evidence === 'list');
      const writes = await writesOf(tx, harvest, found, contents, isOld);
      const versions = await withNotes(tx, writes.versions, harvest);
      await writeVersions(tx, versions, harvest);
      await writeSourceRecords(tx, writes.sourceRecords, harvest);
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
        { state: 'accepted', endedAt: harvest.now, counts },
      );
      await afterGoodRun(tx, this.monitors, harvest);
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
}

/** What the source's own list says of a call; only topics stand in it. */
function listedAs({ kind, reference }: Known, { isKnown, living }: ListedNow): Listed {
  if (kind !== 'grant' || !isKnown) return 'unknown';
  return living.has(reference) ? 'living' : 'not-living';
}
