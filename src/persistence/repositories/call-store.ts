import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { CallContent } from '../../domain/call/call-content.js';
import { contentHash, sightingKey } from '../../domain/call/content-hash.js';
import { changesBetween, type Change } from '../../domain/call/diff.js';
import { statusFacts } from '../../domain/call/status.js';
import { CallEntity } from '../entities/call.entity.js';
import { HarvestRunEntity, type RunCounts } from '../entities/harvest-run.entity.js';
import { SourceEntity } from '../entities/source.entity.js';
import { STORE_LOCK } from './locks.js';

/** What a believed run says. Of a `window` source, which lists its newest calls only, an absent call is no finding. */
export interface Harvest { sourceId: string; coverage: 'full' | 'window'; runId: string; now: Date; calls: CallContent[] }
interface Known { key: string; callId: string; hash: string; version: number }
interface Write { callId: string; key: string; version: number; seq: string; content: CallContent; hash: string; changes: Change[] }

/** Rows a statement: far below PostgreSQL's limit for one value, and large enough that round trips do not count. */
const CHUNK = 500;

/** Writes what a believed harvest says, in one transaction. */
@Injectable()
export class CallStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Stores the calls of a full harvest: new ones, a version for each that a reader would see changed, the time of sight
   * of the others. The run ends and its source is good again in the same transaction, so that neither goes without the other.
   * Null, and nothing is changed, where the run has ended meanwhile.
   */
  async store(
    harvest: Harvest,
    next: { dueAt: Date },
  ): Promise<RunCounts | null> {
    return this.database.transaction(async (tx) => {
      // One store at a time, so that the order of versions is the order of commits: a reader who has seen up to N has all of N.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [STORE_LOCK]);
      if (!(await this.isUnderWay(tx, harvest))) return null;
      const known = await this.known(tx, harvest.sourceId);
      const keyed = harvest.calls.map((content) => ({ key: sightingKey(content), content, hash: contentHash(content) }));
      const fresh = keyed.filter((c) => !known.has(c.key)).map((c) => ({ ...c, callId: randomUUID(), version: 1, seq: '', changes: [] }));
      const changed = await this.changed(tx, keyed, known);
      await this.number(tx, [...fresh, ...changed]);
      await this.insertCalls(tx, fresh, harvest.now);
      await this.updateCalls(tx, changed);
      await this.insertVersions(tx, [...fresh, ...changed], harvest);
      const missing = await this.recordSight(tx, fresh, keyed.map((c) => c.key), harvest);
      const counts = { calls: keyed.length, new: fresh.length, changed: changed.length, missing };
      await this.endRun(tx, harvest, counts, next.dueAt);
      return counts;
    });
  }

  /** Locks the source and the run, in this order as everywhere. */
  private async isUnderWay(tx: EntityManager, { sourceId, runId }: { sourceId: string; runId: string }): Promise<boolean> {
    await tx.query('SELECT id FROM source WHERE id = $1 FOR UPDATE', [sourceId]);
    const rows: unknown[] = await tx.query('SELECT id FROM harvest_run WHERE id = $1 AND ended_at IS NULL FOR UPDATE', [runId]);
    return rows.length === 1;
  }

  private async known(tx: EntityManager, sourceId: string): Promise<Map<string, Known>> {
    const rows: Known[] = await tx.query(
      `SELECT s.key, s.call_id AS "callId", c.content_hash AS hash, c.version
         FROM sighting s JOIN call c ON c.id = s.call_id WHERE s.source_id = $1`,
      [sourceId],
    );
    return new Map(rows.map((r) => [r.key, r]));
  }

  private async changed(tx: EntityManager, keyed: { key: string; content: CallContent; hash: string }[], known: Map<string, Known>): Promise<Write[]> {
    const differing = keyed.filter((c) => known.has(c.key) && known.get(c.key)!.hash !== c.hash);
    if (!differing.length) return [];
    const before = await tx.createQueryBuilder(CallEntity, 'call').select(['call.id', 'call.content'])
      .where('call.id = ANY(:ids)', { ids: differing.map((c) => known.get(c.key)!.callId) }).getMany();
    const contents = new Map(before.map((c) => [c.id, c.content]));
    return differing.map((c) => {
      const { callId, version } = known.get(c.key)!;
      return { ...c, callId, version: version + 1, seq: '', changes: changesBetween(contents.get(callId)!, c.content) };
    });
  }

  /** Gives each write its place in the order of all versions. */
  private async number(tx: EntityManager, writes: Write[]): Promise<void> {
    const rows: { seq: string }[] = await tx.query(`SELECT nextval('call_version_seq') AS seq FROM generate_series(1, $1)`, [writes.length]);
    rows.forEach((row, i) => { writes[i]!.seq = row.seq; });
  }

  private async insertCalls(tx: EntityManager, writes: Write[], now: Date): Promise<void> {
    await this.eachChunk(writes, (rows) => tx.query(
      `INSERT INTO call (id, content, content_hash, version, first_seq, seq, programme, opens_at, last_deadline_at, source_status, search, first_seen_at)
       SELECT id, content, hash, version, seq, seq, programme, opens_at, last_deadline_at, source_status, to_tsvector('english', search_text), $2
         FROM jsonb_to_recordset($1) AS r(${CALL_COLUMNS})`,
      [JSON.stringify(rows.map(columnsOf)), now],
    ));
  }

  private async updateCalls(tx: EntityManager, writes: Write[]): Promise<void> {
    await this.eachChunk(writes, (rows) => tx.query(
      `UPDATE call SET content = r.content, content_hash = r.hash, version = r.version, seq = r.seq, programme = r.programme, opens_at = r.opens_at,
              last_deadline_at = r.last_deadline_at, source_status = r.source_status, search = to_tsvector('english', r.search_text)
         FROM jsonb_to_recordset($1) AS r(${CALL_COLUMNS}) WHERE call.id = r.id`,
      [JSON.stringify(rows.map(columnsOf))],
    ));
  }

  private async insertVersions(tx: EntityManager, writes: Write[], harvest: { runId: string; now: Date }): Promise<void> {
    await this.eachChunk(writes, (rows) => tx.query(
      `INSERT INTO call_version (call_id, version, seq, content, content_hash, changes, seen_at, run_id)
       SELECT r.id, r.version, r.seq, c.content, c.content_hash, r.changes, $2, $3
         FROM jsonb_to_recordset($1) AS r(id uuid, version int, seq bigint, changes jsonb) JOIN call c ON c.id = r.id`,
      [JSON.stringify(rows.map((w) => ({ id: w.callId, version: w.version, seq: w.seq, changes: w.changes }))), harvest.now, harvest.runId],
    ));
  }

  /** Notes who was seen and who was not; returns how many calls that were seen before are missing now. */
  private async recordSight(tx: EntityManager, fresh: Write[], keys: string[], { sourceId, coverage, now }: Harvest): Promise<number> {
    await tx.query(
      `INSERT INTO sighting (source_id, key, call_id, last_seen_at) SELECT $1, r.key, r.id, $3 FROM jsonb_to_recordset($2) AS r(key text, id uuid)`,
      [sourceId, JSON.stringify(fresh.map((w) => ({ key: w.key, id: w.callId }))), now],
    );
    await tx.query('UPDATE sighting SET last_seen_at = $3, missing_since = NULL WHERE source_id = $1 AND key = ANY($2)', [sourceId, keys, now]);
    await tx.query(
      'UPDATE sighting SET missing_since = $3 WHERE $4::boolean AND source_id = $1 AND missing_since IS NULL AND NOT (key = ANY($2))', [sourceId, keys, now, coverage === 'full']);
    const rows: { n: string }[] = await tx.query('SELECT count(*) AS n FROM sighting WHERE source_id = $1 AND missing_since IS NOT NULL', [sourceId]);
    return Number(rows[0]!.n);
  }

  private async endRun(tx: EntityManager, { runId, sourceId, now }: { runId: string; sourceId: string; now: Date }, counts: RunCounts, dueAt: Date): Promise<void> {
    await tx.update(HarvestRunEntity, { id: runId }, { state: 'believed', endedAt: now, counts });
    await tx.update(SourceEntity, { id: sourceId }, { state: 'healthy', reason: null, lastRunAt: now, lastGoodRunAt: now, dueAt, failures: 0 });
  }

  private async eachChunk(writes: Write[], run: (rows: Write[]) => Promise<unknown>): Promise<void> {
    for (let i = 0; i < writes.length; i += CHUNK) await run(writes.slice(i, i + CHUNK));
  }
}

const CALL_COLUMNS = `id uuid, content jsonb, hash text, version int, seq bigint, programme text, opens_at timestamptz, last_deadline_at timestamptz,
  source_status text, search_text text`;

function columnsOf(write: Write): Record<string, unknown> {
  const { content } = write;
  const facts = statusFacts(content);
  return {
    id: write.callId, content, hash: write.hash, version: write.version, seq: write.seq, programme: content.programme?.name ?? content.programme?.code ?? null,
    opens_at: facts.opensAt, last_deadline_at: facts.lastDeadlineAt, source_status: facts.sourceStatus, search_text: searchText(content),
  };
}

/** What a search looks in. The conditions are left out: they are nearly the same words in every call. */
function searchText(content: CallContent): string {
  const sections = content.sections.filter((s) => s.kind !== 'conditions').map((s) => s.text);
  return [content.title, content.identifier, content.callIdentifier, content.callTitle, content.destination, ...content.keywords, ...sections]
    .filter((x) => x !== null).join('\n');
}
