import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ProposalRow } from '../domain/proposal-columns.js';
import { grouped } from '../../kernel/collections.js';
import type { Names, SheetNote } from '../domain/task-text.js';
import type { Answer } from '../../proposals/domain/answer.js';

/** Additional data on a call in an institute's table. */
export interface Beside {
  notes: SheetNote[];
  /** On its pipeline entry. */
  comments: SheetNote[];
  asked: { name: string; answer: Answer | null }[];
  firstSeenAt: Date;
}

/** The data that tables show in addition to a list. */
@Injectable()
export class SheetRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns notes, comments, proposals and first-seen dates of calls, by call. */
  async beside(profileId: string, callIds: string[]): Promise<Map<string, Beside>> {
    const [notes, comments, asked, seen] = await Promise.all([
      this.database.query<(SheetNote & { callId: string })[]>(
        `SELECT call_id AS "callId", author, text, created_at AS "createdAt" FROM note WHERE profile_id = $1 AND call_id = ANY($2) ORDER BY created_at, id`,
        [profileId, callIds],
      ),
      this.database.query<(SheetNote & { callId: string })[]>(
        `SELECT o.call_id AS "callId", c.author, c.text, c.created_at AS "createdAt" FROM opportunity_comment c JOIN opportunity o ON o.id = c.opportunity_id
          WHERE o.profile_id = $1 AND o.call_id = ANY($2) AND c.deleted_at IS NULL ORDER BY c.created_at, c.id`,
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
    const [notesOf, commentsOf] = [grouped(notes, (n) => [n.callId]), grouped(comments, (c) => [c.callId])];
    const askedOf = grouped(asked, (a) => [a.callId]);
    return new Map(
      seen.map(({ id, firstSeenAt }) => [
        id,
        {
          firstSeenAt,
          notes: notesOf.get(id) ?? [],
          comments: commentsOf.get(id) ?? [],
          asked: askedOf.get(id) ?? [],
        },
      ]),
    );
  }

  /** Returns the people of an institute who can have tasks. */
  async people(profileId: string): Promise<Names> {
    const rows: { id: string; name: string }[] = await this.database.query(
      'SELECT id, name FROM person WHERE profile_id = $1 AND removed_at IS NULL',
      [profileId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Returns an institute's proposals to its researchers, newest first, and their total number. */
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
