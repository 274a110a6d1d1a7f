import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Past } from '../domain/size.js';

/** The number of good runs that determine the size of a source. */
const RECENT = 5;

/** What a source's own runs suggest about the next one. */
@Injectable()
export class SourcePastRepository {
  constructor(private readonly database: DataSource) {}

  async findBySource(sourceId: string, now: Date): Promise<Past> {
    const sizes: { size: number }[] = await this.database.query(
      `SELECT (counts->>'calls')::int AS size FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'accepted' ORDER BY ended_at DESC LIMIT ${RECENT}`,
      [sourceId],
    );
    const running: { n: number }[] = await this.database.query(
      `SELECT count(*)::int AS n FROM source_record s JOIN call c ON c.id = s.call_id
        WHERE s.source_id = $1 AND s.gone_at IS NULL AND s.missing_since IS NULL AND (c.last_deadline_at IS NULL OR c.last_deadline_at > $2)`,
      [sourceId, now],
    );
    const refused: { at: Date; size: number }[] = await this.database.query(
      `SELECT ended_at AS at, (counts->>'calls')::int AS size FROM harvest_run
        WHERE source_id = $1 AND kind = 'full' AND state = 'rejected' AND counts IS NOT NULL
          AND ended_at > coalesce((SELECT max(ended_at) FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'accepted'), '-infinity')
        ORDER BY ended_at DESC`,
      [sourceId],
    );
    return { sizes: sizes.map((s) => s.size), running: running[0]!.n, refused, now };
  }
}
