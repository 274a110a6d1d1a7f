import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ProposalRow } from '../domain/proposal-columns.js';
import { grouped } from '../../kernel/grouping.js';
import type { SheetNote } from '../domain/note-text.js';
import type { Answer } from '../../proposals/domain/index.js';

/** What stands beside a call in an institute's table. */
export interface Beside {
  notes: SheetNote[];
  asked: { name: string; answer: Answer | null }[];
  firstSeenAt: Date;
}

/** What tables show beside what a list holds. */
@Injectable()
export class SheetRepository {
  constructor(private readonly database: DataSource) {}

  /** Notes, proposals and first sight of calls, by call. */
  async beside(profileId: string, callIds: string[]): Promise<Map<string, Beside>> {
    const [notes, asked, seen] = await Promise.all([
      this.database.query<(SheetNote & { callId: string })[]>(
        `SELECT call_id AS "callId", author, text, created_at AS "createdAt" FROM note WHERE profile_id = $1 AND call_id = ANY($2) ORDER BY created_at, id`,
        [profileId, callIds],
      ),
      this.database.query<(Beside['asked'][number] & { callId: string })[]>(
        `SELECT call_id AS "callId", name, answer FROM proposal WHERE profile_id = $1 AND call_id = ANY($2) ORDER BY created_at, id`,
        [profileId, callIds],
      ),
      this.database.query<{ id: string; firstSeenAt: Date }[]>(
        `SELECT id, first_seen_at AS "firstSeenAt" FROM call WHERE id = ANY($1)`,
        [callIds],
      ),
    ]);
    const [notesOf, askedOf] = [grouped(notes, (n) => [n.callId]), grouped(asked, (a) => [a.callId])];
    return new Map(
      seen.map(({ id, firstSeenAt }) => [
        id,
        { firstSeenAt, notes: notesOf.get(id) ?? [], asked: askedOf.get(id) ?? [] },
      ]),
    );
  }

  /** What an institute proposed to its researchers, newest first, and how much there is of it. */
  async proposals(profileId: string, limit: number): Promise<{ rows: ProposalRow[]; total: number }> {
    const rows: (ProposalRow & { total: number })[] = await this.database.query(
      `SELECT p.id, p.call_id AS "callId", c.content->>'identifier' AS identifier, c.content->>'title' AS title, p.name, p.email, p.asked_by AS "askedBy", p.created_at AS "createdAt",
              p.answer, p.word, p.other, p.answered_at AS "answeredAt", count(*) OVER ()::int AS total
         FROM proposal p JOIN call c ON c.id = p.call_id WHERE p.profile_id = $1 ORDER BY p.created_at DESC, p.id LIMIT $2`,
      [profileId, limit],
    );
    return { rows, total: rows[0]?.total ?? 0 };
  }
}
