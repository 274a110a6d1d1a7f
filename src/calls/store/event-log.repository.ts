import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ChangeKind } from '../domain/versions/diff.js';

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
}
