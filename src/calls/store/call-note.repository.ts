import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** An official note on a call: the day as written there (2026-06-15), and the text. */
export interface OfficialNote {
  day: string;
  text: string;
}

/** The official notes on calls by their publishers. */
@Injectable()
export class CallNoteRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns those of one call, newest first. */
  findByCall(callId: string): Promise<OfficialNote[]> {
    return this.database.query(
      'SELECT day::text AS day, text FROM call_note WHERE call_id = $1 ORDER BY call_note.day DESC, hash',
      [callId],
    );
  }
}
