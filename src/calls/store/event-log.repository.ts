import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Change, ChangeKind } from '../domain/versions/diff.js';

/** The log of all call events. */
@Injectable()
export class EventLog {
  constructor(private readonly database: DataSource) {}

  /** Returns when, what, and the call's reference at its source, in the order of discovery. */
  all(): Promise<{ at: Date; kinds: ChangeKind[]; reference: string }[]> {
    return this.database.query(
      `SELECT seen_at AS at, kinds, content->>'reference' AS reference FROM call_version WHERE kinds <> '{}' ORDER BY seq`,
    );
  }

  /** Returns what changed in the calls of one source, in the order of discovery. */
  ofSource(sourceId: string): Promise<{ at: Date; changes: Change[]; reference: string; title: string }[]> {
    return this.database.query(
      `SELECT seen_at AS at, changes, content->>'reference' AS reference, content->>'title' AS title FROM call_version WHERE kinds <> '{}' AND source_id = $1 ORDER BY seq`,
      [sourceId],
    );
  }
}
