import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { Serving } from './embedding.repository.js';
import { learnedKeySql } from './learned.repository.js';
import { UNCOUNTED_SQL } from './reading.repository.js';

/** `meaningKey` of profile p, in SQL. */
const MEANING_KEY = `CAST(:model AS text) || ' ' || coalesce(CAST(:read AS jsonb)->>p.id, '-')`;

/** SQL: whether a profile `p` has to be matched, by its revision or by calls up to `lastSeq` (SQL). */
export const unmatchedSql = (lastSeq: string): string =>
  `p.matched_revision <> p.revision OR p.matched_seq < ${lastSeq}`;

@Injectable()
export class UnmatchedProfiles {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns profiles with newer calls, competences, decisions of their institute, or readings by an external
   * model or a language model.
   */
  async all(lastSeq: string, serving: Serving | null): Promise<ProfileEntity[]> {
    return this.database
      .createQueryBuilder(ProfileEntity, 'p')
      .where(unmatchedSql(':lastSeq'), { lastSeq })
      .orWhere(`p.matched_verdicts IS DISTINCT FROM ${learnedKeySql('p.id')}`)
      .orWhere(`p.matched_meaning IS DISTINCT FROM ${MEANING_KEY}`, {
        model: serving?.model ?? null,
        read: JSON.stringify(serving?.profiles ?? {}),
      })
      .orWhere('p.matched_read_seq < :readSeq', { readSeq: serving?.callSeq ?? '0' })
      .orWhere(`p.id IN (SELECT m.profile_id ${UNCOUNTED_SQL})`)
      .orderBy('p.id')
      .getMany();
  }
}
