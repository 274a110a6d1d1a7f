import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { withoutJitter } from '../../domain/jitter.js';
import { eventsOfVersions } from '../../../calls/domain/versions/notifiable-events.js';
import { writeEvents } from '../../../calls/store/event-writer.js';
import { MonitorStates } from '../../../monitoring/store/monitor-states.js';
import type { Scan } from '../../domain/validation.js';
import { findings, type Evidence, type Grace, type Listed, type SeenCall } from '../../domain/findings.js';
import { HarvestRunEntity, type RunCounts, type RunKind } from '../harvest-run.entity.js';
import { longTransaction } from '../../../platform/database/long-work.js';
import { withNotes, type SeenNote } from './call-notes.js';
import { writeVersions } from './call-writer.js';
import { writesOf, type RereadDocuments } from './run-writes.js';
import { STORE_LOCK } from '../../../platform/database/locks.js';
import { listedNow, type ListedNow } from '../listed-now.js';
import { contentsOf, known, recordEmbedding, writeSourceRecords, type Known } from '../source-records.js';
import { afterGoodRun } from '../source-states.js';

/**
 * The result of an accepted run. An absence is a finding only if the run is `whole`, i.e. lists everything.
 */
export interface Harvest {
  source: { id: string; quietAfterDays: number };
  runId: string;
  kind: RunKind;
  evidence: Evidence;
  whole: boolean;
  now: Date;
  calls: SeenCall[];
  /** Rows that exist but could not be read. */
  unread: Scan['unread'];
  notes: SeenNote[];
  /** Figures recorded with the run besides its findings. */
  noted?: Pick<RunCounts, 'totals' | 'made'>;
  /** When the source is next read as a whole, and by a quick check. */
  next: { dueAt: Date; quickCheckAt: Date };
  reread?: RereadDocuments;
}

/** Stores the result of an accepted run in one transaction. */
@Injectable()
export class CallStore {
  constructor(
    private readonly database: DataSource,
    private readonly monitors: MonitorStates,
  ) {}

  /**
   * Stores an accepted run: new calls, a version for each call with a visible change, the end of calls gone
   * for long, the last-seen time of the others. The run ends and its source becomes good again in the same
   * transaction. Returns null and changes nothing if the run has already ended.
   */
  async store(harvest: Harvest, grace: Grace): Promise<RunCounts | null> {
    return longTransaction(this.database, async (tx) => {
      // One store at a time, so that versions are committed in their order: a reader who has seen version N
      // has seen all before it.
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
      // Calls found when a source, or its list, is first read are the start of its history, and no news.
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

  /** Locks the source, then the run; the order is the same everywhere. */
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

/** Returns a call's status in the source's own list, which only has topics. */
function listedAs({ kind, reference }: Known, { isKnown, living }: ListedNow): Listed {
  if (kind !== 'grant' || !isKnown) return 'unknown';
  return living.has(reference) ? 'living' : 'not-living';
}
