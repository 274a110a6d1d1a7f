import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import type { Grade, Reading, ReadReason, KeptReading, QuotePlace } from '../domain/reader/reading.js';
import { PROMPT_VERSION } from '../domain/reader/prompt.js';

/**
 * A language model's answer on a call for an institute, once per text, profile, model and prompt; or that the
 * answer was refused.
 */
@Entity('reading')
class ReadingEntity {
  /** See `readingKey`. */
  @PrimaryColumn('text') key: string;
  @Column('text') model: string;
  @Column('integer', { name: 'prompt_version' }) promptVersion: number;
  /** Null if no answer was accepted. */
  @Column('text', { nullable: true }) grade: Grade | null;
  @Column('text', { name: 'reason_en', nullable: true }) reasonEn: string | null;
  @Column('text', { name: 'reason_fr', nullable: true }) reasonFr: string | null;
  @Column('text', { nullable: true }) quote: string | null;
  /** The place of the quote: the field's name as in evidence, and UTF-16 offsets. */
  @Column('text', { nullable: true }) field: string | null;
  @Column('integer', { name: 'quote_from', nullable: true }) from: number | null;
  @Column('integer', { name: 'quote_to', nullable: true }) to: number | null;
  /** How often it was requested, and why the last answer was refused. */
  @Column('integer') times: number;
  @Column('text', { nullable: true }) refused: string | null;
  @Column('timestamptz', { name: 'read_at' }) readAt: Date;
}

/** The result for a pair: a reading, with the place of its quote, or why it was refused. */
export type Answered = { key: string } & (
  { reading: Reading; place: QuotePlace | null } | { refused: string }
);

type Row = ReadingEntity & { grade: Reading['grade'] };

function reasonOf({ reasonEn, reasonFr }: Row): ReadReason {
  return { ...(reasonEn !== null && { en: reasonEn }), ...(reasonFr !== null && { fr: reasonFr }) };
}

function kept(row: Row): KeptReading {
  const { grade, quote, field, from, to, model, promptVersion: prompt, readAt: at } = row;
  const place = field !== null && from !== null && to !== null ? { field, start: from, end: to } : null;
  return grade === 'not'
    ? { grade, model, prompt, at, place }
    : { grade, reason: reasonOf(row), quote: quote ?? '', model, prompt, at, place };
}

const rowOf = (answered: Answered): Partial<ReadingEntity> => {
  if ('refused' in answered) return { refused: answered.refused };
  const { reading, place } = answered;
  const said =
    reading.grade === 'not'
      ? null
      : { reasonEn: reading.reason.en, reasonFr: reading.reason.fr, quote: reading.quote };
  return {
    grade: reading.grade,
    ...said,
    field: place?.field,
    from: place?.start,
    to: place?.end,
  };
};

/** Matches `m` with a reading `r` that they do not count yet. */
export const UNCOUNTED_SQL =
  'FROM match m JOIN reading r ON r.key = m.reading_key WHERE NOT m.read AND r.grade IS NOT NULL';

/** Readings by key: a stored reading is never requested again. */
@Injectable()
export class ReadingRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns those that exist. */
  async findByKeys(keys: string[]): Promise<Map<string, KeptReading>> {
    if (keys.length === 0) return new Map();
    const rows = await this.database
      .getRepository(ReadingEntity)
      .createQueryBuilder('r')
      .where('r.key = ANY(:keys) AND r.grade IS NOT NULL', { keys })
      .getMany();
    return new Map(rows.map((row) => [row.key, kept(row as Row)]));
  }

  /** Stores the results of a request; an existing reading is kept. */
  async store(model: string, answers: Answered[], now: Date): Promise<void> {
    const rows = answers.map((answered) => ({
      key: answered.key,
      grade: null,
      reasonEn: null,
      reasonFr: null,
      quote: null,
      field: null,
      from: null,
      to: null,
      refused: null,
      ...rowOf(answered),
    }));
    await this.database.query(
      `INSERT INTO reading AS r (key, model, prompt_version, grade, reason_en, reason_fr, quote, field, quote_from, quote_to, times, refused, read_at)
       SELECT a.key, $2, $3, a.grade, a."reasonEn", a."reasonFr", a.quote, a.field, a."from", a."to", 1, a.refused, $4
         FROM jsonb_to_recordset($1) AS a(key text, grade text, "reasonEn" text, "reasonFr" text, quote text, field text, "from" int, "to" int, refused text)
       ON CONFLICT (key) DO UPDATE SET grade = excluded.grade, reason_en = excluded.reason_en, reason_fr = excluded.reason_fr, quote = excluded.quote,
         field = excluded.field, quote_from = excluded.quote_from, quote_to = excluded.quote_to, refused = excluded.refused, read_at = excluded.read_at,
         times = r.times + 1 WHERE r.grade IS NULL`,
      [JSON.stringify(rows), model, PROMPT_VERSION, now],
    );
  }

  /** Returns the calls whose match with a profile counts a reading. */
  async counted(profileId: string): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      'SELECT call_id AS id FROM match WHERE profile_id = $1 AND read',
      [profileId],
    );
    return new Set(rows.map((r) => r.id));
  }
}
