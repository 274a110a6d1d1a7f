import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ChangeKind } from '../domain/versions/diff.js';

/** Everything that ever happened to calls, as a log. */
@Injectable()
export class EventLog {
  constructor(private readonly database: DataSource) {}

  /** When, what, and to which call by its source's own name, in the order in which it was found. */
  all(): Promise<{ at: Date; kinds: ChangeKind[]; reference: string }[]> {
    return this.database.query(
      `SELECT seen_at AS at, kinds, content->>'reference' AS reference FROM call_version WHERE kinds <> '{}' ORDER BY seq`,
    );
  }
}
