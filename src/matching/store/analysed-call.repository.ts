import { DataSource } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { ArchiveCountEntity } from './analysed-call.entity.js';
import type { AnalysedLanguage } from '../../kernel/language.js';
import { recentSql } from '../../calls/store/call-filter.js';
import { lockNamed } from '../../platform/database/locks.js';
import type { StoredAnalysis } from '../domain/index/analysed-call.js';
import type { WrittenForm } from '../domain/semantic/written-forms.js';

export interface SeenCall {
  id: string;
  seq: string;
  /** Whether it belongs in memory; see `recentSql`. */
  recent: boolean;
}

/** A call as it stands, with the analysis of that text if there is one. */
export interface ReadCall extends SeenCall {
  version: number;
  /** Its content as JSON; null if it is neither recent nor to be analysed. */
  content: string | null;
  /** Without the rest if it is not recent. */
  analysis: (Pick<StoredAnalysis, 'language' | 'words'> & { rest: Buffer | null }) | null;
  /** The last stem and spelling when it was read: all that its analysis names are among these. */
  words: LastWords;
}

/** The calls of the last twelve months before a day. */
export interface Recent {
  since: Date;
  day: Date;
}

/** A stem, or the spelling of one, with its number. */
type Numbered<T> = T & { id: number };
export interface Stem {
  language: AnalysedLanguage;
  stem: string;
}
export interface NewWords {
  stems: Numbered<Stem>[];
  forms: Numbered<WrittenForm>[];
}

/** The numbers of the last known ones. */
export interface LastWords {
  stem: number;
  form: number;
}

/** Rows per round to the server. */
const AT_A_TIME = 2_000;

/** Analysed calls, and the numbers of their stems. */
@Injectable()
export class AnalysedCallRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the calls whose current version comes after a position, oldest first, up to `limit`. */
  async since(seq: string, { since, day }: Recent, limit: number): Promise<SeenCall[]> {
    return this.database.query(
      `SELECT id, seq, ${recentSql('$2::timestamptz', '$3::timestamptz')} AS recent FROM call WHERE seq > $1 ORDER BY seq LIMIT $4`,
      [seq, since, day, limit],
    );
  }

  /** Returns the calls whose current version has one of these positions, in their order. */
  bySeqs(seqs: readonly string[], analyser: string, recent: Recent): Promise<ReadCall[]> {
    return this.read('call.seq = ANY($4)', seqs, analyser, recent);
  }

  /** Returns the calls with these ids as if all were recent. */
  async byIds(ids: readonly string[], analyser: string): Promise<ReadCall[]> {
    const all = { since: new Date(0), day: new Date(0) };
    return this.read('call.id = ANY($4)', ids, analyser, all);
  }

  private async read(
    where: string,
    among: readonly string[],
    analyser: string,
    { since, day }: Recent,
  ): Promise<ReadCall[]> {
    const rows: (Omit<ReadCall, 'analysis' | 'words'> & {
      language: AnalysedLanguage;
      words: Buffer | null;
      rest: Buffer | null;
      stem: number;
      form: number;
    })[] = await this.database.query(
      `SELECT c.id, c.version, c.seq, c.recent, a.language, a.words, CASE WHEN c.recent THEN a.rest END AS rest,
              CASE WHEN c.recent OR a.call_id IS NULL THEN c.content::text END AS content,
              coalesce((SELECT max(id) FROM stem), 0) AS stem, coalesce((SELECT max(id) FROM written_form), 0) AS form
         FROM (SELECT id, version, seq, content, ${recentSql('$2::timestamptz', '$3::timestamptz')} AS recent FROM call WHERE ${where}) c
         LEFT JOIN analysed_call a ON a.call_id = c.id AND a.analyser = $1 AND a.seq = c.seq ORDER BY c.seq`,
      [analyser, since, day, among],
    );
    return rows.map(({ language, words, rest, stem, form, ...call }) => ({
      ...call,
      analysis: words && { language, words, rest },
      words: { stem, form },
    }));
  }

  /** Returns the content of a version of a call, as JSON; null if its texts are not kept any more. */
  async contentAt(callId: string, seq: string): Promise<string | null> {
    const rows: { content: string }[] = await this.database.query(
      'SELECT content::text AS content FROM call_version WHERE call_id = $1 AND seq = $2 AND texts_dropped_at IS NULL',
      [callId, seq],
    );
    return rows[0]?.content ?? null;
  }

  async recentAmong(ids: Iterable<string>, { since, day }: Recent): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM call WHERE id = ANY($1) AND ${recentSql('$2::timestamptz', '$3::timestamptz')}`,
      [[...ids], since, day],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Returns what calls are embedded by, of those that are analysed. */
  async rests(ids: readonly string[], analyser: string): Promise<Map<string, Buffer>> {
    const rows: { id: string; rest: Buffer }[] = await this.database.query(
      'SELECT call_id AS id, rest FROM analysed_call WHERE call_id = ANY($1) AND analyser = $2',
      [ids, analyser],
    );
    return new Map(rows.map(({ id, rest }) => [id, rest]));
  }

  /** Returns the stems and spellings added after the last known ones. */
  wordsAfter(known: LastWords): Promise<NewWords> {
    return wordsAfter(this.database, known);
  }

  /**
   * Adds stems and spellings. `those` says which, once nobody else can add any: it is told what others have
   * added since the last known ones.
   */
  async addWords(
    known: LastWords,
    those: (others: NewWords) => { stems: Stem[]; forms: WrittenForm[] },
  ): Promise<NewWords> {
    return this.database.transaction(async (tx) => {
      await lockNamed(tx, 'stem');
      const { stems, forms } = those(await wordsAfter(tx, known));
      return {
        stems: await tx.query(
          `INSERT INTO stem (language, stem) SELECT * FROM unnest($1::text[], $2::text[]) RETURNING id, language, stem`,
          [stems.map((s) => s.language), stems.map((s) => s.stem)],
        ),
        forms: await tx.query(
          `INSERT INTO written_form (stem, form) SELECT * FROM unnest($1::text[], $2::text[]) RETURNING id, stem, form`,
          [forms.map((f) => f.stem), forms.map((f) => f.form)],
        ),
      };
    });
  }

  /** Stores analyses of calls, each with the position of the version that was analysed. */
  async write(
    analyser: string,
    calls: readonly { id: string; seq: string; analysis: StoredAnalysis }[],
  ): Promise<void> {
    const ordered = [...calls].sort((a, b) => (a.id < b.id ? -1 : 1));
    await this.database.query(
      `INSERT INTO analysed_call AS a (call_id, analyser, seq, language, stems, words, rest)
       SELECT c.id, $1, n.seq, n.language, n.stems::int[], n.words, n.rest
         FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::bytea[], $7::bytea[]) AS n(id, seq, language, stems, words, rest) JOIN call c ON c.id = n.id
       ON CONFLICT (call_id, analyser) DO UPDATE SET seq = excluded.seq, language = excluded.language, stems = excluded.stems, words = excluded.words, rest = excluded.rest
        WHERE a.seq < excluded.seq`,
      [
        analyser,
        ordered.map(({ id }) => id),
        ordered.map(({ seq }) => seq),
        ordered.map(({ analysis }) => analysis.language),
        ordered.map(({ analysis }) => `{${analysis.stems.join()}}`),
        ordered.map(({ analysis }) => analysis.words),
        ordered.map(({ analysis }) => analysis.rest),
      ],
    );
  }

  /**
   * Reports the words of the calls of a language that were analysed up to a position, some at a time.
   * `wanted`: only those that contain all stems of one of these lists; null for all. Returns the calls of
   * which a later version was analysed, in whatever language: what they had at that position is not here.
   */
  async eachWords(
    { analyser, language, seq }: { analyser: string; language: AnalysedLanguage; seq: string },
    wanted: readonly (readonly number[])[] | null,
    tell: (calls: { id: string; words: Buffer }[]) => Promise<void>,
  ): Promise<string[]> {
    const among = wanted?.map((stems) => `stems @> '{${stems.join()}}'`).join(' OR ') ?? 'true';
    // One snapshot: else a call that is analysed meanwhile would be reported, and returned too.
    return this.database.transaction('REPEATABLE READ', async (tx) => {
      // All rows are fetched, not the first ones.
      await tx.query('SET LOCAL cursor_tuple_fraction = 1');
      await tx.query(
        `DECLARE words NO SCROLL CURSOR FOR SELECT call_id AS id, words FROM analysed_call WHERE analyser = $1 AND language = $2 AND seq <= $3 AND (${among})`,
        [analyser, language, seq],
      );
      for (;;) {
        const rows: { id: string; words: Buffer }[] = await tx.query(`FETCH ${AT_A_TIME} FROM words`);
        await tell(rows);
        if (rows.length < AT_A_TIME) break;
      }
      const later: { id: string }[] = await tx.query(
        'SELECT a.call_id AS id FROM call JOIN analysed_call a ON a.call_id = call.id AND a.analyser = $1 AND a.seq > $2 WHERE call.seq > $2',
        [analyser, seq],
      );
      return later.map(({ id }) => id);
    });
  }

  /** Returns what a process has left of this analyser; null if none has. */
  findArchiveCount(analyser: string): Promise<ArchiveCountEntity | null> {
    return this.database.manager.findOneBy(ArchiveCountEntity, { analyser });
  }

  /** Whether the texts of those of these versions that are not current any more are kept. */
  async areTextsKept(ids: readonly string[], seqs: readonly string[]): Promise<boolean> {
    const lost: unknown[] = await this.database.query(
      `SELECT FROM unnest($1::uuid[], $2::bigint[]) AS counted(id, seq) LEFT JOIN call c ON c.id = counted.id
         LEFT JOIN call_version v ON v.call_id = counted.id AND v.seq = counted.seq AND v.texts_dropped_at IS NULL
        WHERE c.seq IS DISTINCT FROM counted.seq AND v.call_id IS NULL LIMIT 1`,
      [ids, seqs],
    );
    return lost.length === 0;
  }

  async keepArchiveCount(count: ArchiveCountEntity): Promise<void> {
    await this.database.manager.upsert(ArchiveCountEntity, count, ['analyser']);
  }

  /** Returns the other analysers that have left something. */
  async othersThan(analyser: string): Promise<string[]> {
    const rows: { analyser: string }[] = await this.database.query(
      'SELECT DISTINCT analyser FROM analysed_call WHERE analyser <> $1',
      [analyser],
    );
    return rows.map((row) => row.analyser);
  }

  /** Deletes what these analysers have left. */
  async forget(analysers: readonly string[]): Promise<void> {
    for (const table of ['analysed_call', 'archive_count'])
      await this.database.query(`DELETE FROM ${table} WHERE analyser = ANY($1)`, [analysers]);
  }
}

async function wordsAfter(database: Pick<DataSource, 'query'>, { stem, form }: LastWords): Promise<NewWords> {
  return {
    stems: await database.query('SELECT id, language, stem FROM stem WHERE id > $1 ORDER BY id', [stem]),
    forms: await database.query('SELECT id, stem, form FROM written_form WHERE id > $1 ORDER BY id', [form]),
  };
}
