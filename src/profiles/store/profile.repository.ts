import { DataSource, type EntityManager, In } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { type Profile, revisionWith, sameProfile } from '../domain/profile.js';
import { ProfileEntity, ProfileVersionEntity } from './profile.entity.js';
import { NotFound } from '../../kernel/errors.js';
import { KEY_OF_LABEL_LENGTH, keyOfLabel, renames } from '../domain/profile-diff.js';
import { asInstitute } from '../../platform/database/request-context.js';
import { type Editor, OPERATORS_FILE } from '../domain/contacts/word.js';
import { settleContacts } from './contact.repository.js';

/**
 * Serialises work for an institute until the transaction ends. Inserting a row that only refers to its
 * profile is not blocked: that transaction may hold what is waited for here.
 */
export async function lockProfile(tx: EntityManager, profileId: string): Promise<void> {
  await tx.query('SELECT 1 FROM profile WHERE id = $1 FOR NO KEY UPDATE', [profileId]);
}

/** How a version came about, apart from its content. */
export type Saving = Pick<ProfileVersionEntity, 'origin' | 'by' | 'byId' | 'savedAt'>;

/** Returns the number of a profile's last version; 0 if it has none. */
async function lastVersion(tx: EntityManager, profileId: string): Promise<number> {
  const rows: { n: number }[] = await tx.query(
    'SELECT coalesce(max(number), 0)::int AS n FROM profile_version WHERE profile_id = $1',
    [profileId],
  );
  return rows[0]!.n;
}

/**
 * Stores a version of a profile that was just saved. The profile's row must be locked, so that two saves do
 * not get the same number.
 */
async function keepVersion(tx: EntityManager, content: Profile, saving: Saving): Promise<number> {
  const number = (await lastVersion(tx, content.id)) + 1;
  await tx.insert(ProfileVersionEntity, {
    profileId: content.id,
    number,
    content: content as never,
    ...saving,
  });
  return number;
}

@Injectable()
export class ProfileVersionRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ProfileVersionEntity);
  }

  /** Returns a page of a profile's versions, newest first. */
  async list(
    profileId: string,
    limit: number,
    before: number | null,
  ): Promise<{ versions: ProfileVersionEntity[]; total: number }> {
    const query = this.table
      .createQueryBuilder('v')
      .where('v.profile_id = :profileId', { profileId })
      .orderBy('v.number', 'DESC')
      .limit(limit);
    if (before !== null) query.andWhere('v.number < :before', { before });
    return { versions: await query.getMany(), total: await this.table.countBy({ profileId }) };
  }

  findByNumber(profileId: string, number: number): Promise<ProfileVersionEntity | null> {
    return this.table.findOneBy({ profileId, number });
  }

  /** Returns the number of the last version of each of these profiles. */
  async lastOf(profileIds: string[]): Promise<Map<string, number>> {
    const rows: { id: string; n: number }[] = await this.database.query(
      'SELECT profile_id AS id, max(number)::int AS n FROM profile_version WHERE profile_id = ANY($1) GROUP BY profile_id',
      [profileIds],
    );
    return new Map(rows.map((r) => [r.id, r.n]));
  }
}

/** A filter by a competence, as it stands in the query strings of saved searches and feeds. */
const filterBy = (competence: string): string => new URLSearchParams({ competence }).toString();

/**
 * Keeps the people behind a competence that is renamed, what others were offered of it, what was declined of
 * its changes, and the searches and feeds that show its calls.
 */
async function followRenames(tx: EntityManager, before: Profile, after: Profile): Promise<void> {
  const renamed = renames(before, after);
  if (!renamed.length) return;
  // Runs as the institute: the network may rename too, but cannot see its people.
  await asInstitute(before.id, async () => {
    for (const table of ['researcher', 'interest'])
      await tx.query(
        `UPDATE ${table} r SET competences = ARRAY(SELECT coalesce(n."to", c.label) FROM unnest(r.competences) WITH ORDINALITY AS c(label, nth)
         LEFT JOIN jsonb_to_recordset($2) AS n("from" text, "to" text) ON n."from" = c.label ORDER BY c.nth)
        WHERE r.profile_id = $1 AND r.competences && $3`,
        [before.id, JSON.stringify(renamed), renamed.map((r) => r.from)],
      );
    await tx.query(
      `UPDATE own_suggestions SET declined = ARRAY(SELECT coalesce(left(d.key, -$3::integer) || n."to", d.key) FROM unnest(declined) WITH ORDINALITY AS d(key, nth)
       LEFT JOIN jsonb_to_recordset($2) AS n("from" text, "to" text) ON n."from" = right(d.key, $3::integer) ORDER BY d.nth)
      WHERE profile_id = $1`,
      [
        before.id,
        JSON.stringify(renamed.map((r) => ({ from: keyOfLabel(r.from), to: keyOfLabel(r.to) }))),
        KEY_OF_LABEL_LENGTH,
      ],
    );
    const filters = renamed.map((r) => ({ from: filterBy(r.from), to: filterBy(r.to) }));
    for (const table of ['saved_search', 'feed'])
      await tx.query(
        `UPDATE ${table} s SET query = trim(BOTH '&' FROM replace('&' || s.query || '&', '&' || n."from" || '&', '&' || n."to" || '&'))
           FROM jsonb_to_recordset($2) AS n("from" text, "to" text) WHERE s.profile_id = $1 AND strpos('&' || s.query || '&', '&' || n."from" || '&') > 0`,
        [before.id, JSON.stringify(filters)],
      );
  });
}

/** The result of an edit: the profile as it is now, and the number of its last version. */
export interface Edited {
  profile: ProfileEntity;
  version: number;
  outcome: 'saved' | 'same' | 'stale';
  /** Whether its contacts are unchanged because the requested ones wait for an officer. */
  withheld: boolean;
}

/** What an edit is based on, and a check that may reject it. */
export interface EditedFrom {
  version?: number;
  origin?: 'edit' | 'restore';
  check?: (before: Profile) => void;
}

/** How far a profile is matched. */
export type MatchedState = Pick<
  ProfileEntity,
  'id' | 'revision' | 'matchedRevision' | 'matchedSeq' | 'matchedBy'
>;

/** No revision has this number: a profile matched at it is out of date. */
export const NEVER = -1;

/** SQL: whether a profile `p` has to be matched, by its revision or by calls up to `lastSeq` (SQL). */
export const unmatchedSql = (lastSeq: string): string =>
  `p.matched_revision <> p.revision OR p.matched_seq < ${lastSeq}`;

/** SQL: the part of all profiles in which a profile is, one of `PARTS`. */
const PART = `left(encode(sha256(convert_to(id, 'UTF8')), 'hex'), 1)`;
const MATCHED_STATES =
  'SELECT id, revision, matched_revision AS "matchedRevision", matched_seq AS "matchedSeq", matched_by AS "matchedBy" FROM profile';

@Injectable()
export class ProfileRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ProfileEntity);
  }

  /** Returns a page of profiles, or only the given one. */
  list(limit: number, after: string | null, only?: string): Promise<ProfileEntity[]> {
    const query = this.table.createQueryBuilder('p').orderBy('p.id').limit(limit);
    if (after !== null) query.where('p.id > :after', { after });
    if (only !== undefined) query.andWhere('p.id = :only', { only });
    return query.getMany();
  }

  /** Returns how many profiles there are, or whether the given one is. */
  count(only?: string): Promise<number> {
    return this.table.countBy(only === undefined ? {} : { id: only });
  }

  /** Returns all profiles, by id. */
  findAll(): Promise<ProfileEntity[]> {
    return this.table.find({ order: { id: 'ASC' } });
  }

  /** Returns the institutes' names by id. */
  async names(): Promise<Map<string, string>> {
    const rows: { id: string; name: string }[] = await this.database.query(
      `SELECT id, content->>'name' AS name FROM profile`,
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  findByIds(ids: string[]): Promise<ProfileEntity[]> {
    return this.table.findBy({ id: In(ids) });
  }

  findById(id: string): Promise<ProfileEntity | null> {
    return this.table.findOneBy({ id });
  }

  /** Returns a profile; throws NotFound if there is none. */
  async get(id: string): Promise<ProfileEntity> {
    const profile = await this.findById(id);
    if (!profile) throw new NotFound('no-profile', { id });
    return profile;
  }

  /** Creates a new institute's profile, without a file. If the id is taken, changes nothing: false. */
  async create(content: Profile, by: Editor, now: Date): Promise<boolean> {
    return this.database.transaction((tx) =>
      this.insert(tx, content, null, by, { origin: 'edit', by: by.name, byId: by.personId, savedAt: now }),
    );
  }

  /**
   * Saves a profile edited by a person, and stores it as a version. Its revision increases if it must be
   * matched again. Unchanged content is no edit, and writing the file's content settles a conflict with it.
   * If `version` is given and somebody saved since, the edit is stale; then, or if `check` throws for the
   * current content, nothing is written.
   */
  async edit(asked: Profile, by: Editor, now: Date, from: EditedFrom = {}): Promise<Edited | null> {
    return this.database.transaction(async (tx) => {
      const row = await tx.findOne(ProfileEntity, {
        where: { id: asked.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) return null;
      const version = await lastVersion(tx, row.id);
      if (sameProfile(row.content, asked)) return { profile: row, version, outcome: 'same', withheld: false };
      if (from.version !== undefined && from.version !== version)
        return { profile: row, version, outcome: 'stale', withheld: false };
      from.check?.(row.content);
      const { content, withheld } = await settleContacts(tx, row.content.contacts, asked, by, now);
      const fileConflict = sameProfile(row.fileConflict, asked) ? null : row.fileConflict;
      if (sameProfile(row.content, content) && fileConflict === row.fileConflict)
        return { profile: row, version, outcome: 'same', withheld };
      const profile = await tx.save(ProfileEntity, {
        ...row,
        content,
        revision: revisionWith(row, content),
        fileConflict,
        editedAt: now,
        updatedAt: now,
      });
      await followRenames(tx, row.content, content);
      const kept = await keepVersion(tx, content, {
        origin: from.origin ?? 'edit',
        by: by.name,
        byId: by.personId,
        savedAt: now,
      });
      return { profile, version: kept, outcome: 'saved', withheld };
    });
  }

  private async insert(
    tx: EntityManager,
    content: Profile,
    fileHash: string | null,
    by: Editor,
    saving: Saving,
  ): Promise<boolean> {
    const fresh = {
      id: content.id,
      content,
      revision: 1,
      fileHash,
      editedAt: fileHash === null ? saving.savedAt : null,
      updatedAt: saving.savedAt,
    };
    const made = await tx
      .createQueryBuilder()
      .insert()
      .into(ProfileEntity)
      .values(fresh)
      .orIgnore()
      .returning('id')
      .execute();
    if (!(made.raw as unknown[]).length) return false;
    await settleContacts(tx, [], content, by, saving.savedAt);
    await keepVersion(tx, content, saving);
    return true;
  }

  /**
   * Loads a profile file. An unknown profile is created; a changed file is applied unless the profile was
   * edited since it was last applied: then both are kept and nothing changes.
   */
  async applyFile(
    file: { profile: Profile; hash: string },
    now: Date,
  ): Promise<'new' | 'same' | 'applied' | 'conflict'> {
    return this.database.transaction(async (tx) => {
      const { profile: told, hash } = file;
      const saving: Saving = { origin: 'file', by: null, byId: null, savedAt: now };
      if (await this.insert(tx, told, hash, OPERATORS_FILE, saving)) return 'new';
      const row = await tx.findOneOrFail(ProfileEntity, {
        where: { id: told.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (sameProfile(row.content, told)) {
        // Both have the same content, whoever wrote it last: from now on the file takes precedence again.
        if (row.fileHash !== hash || row.editedAt || row.fileConflict) {
          await tx.update(
            ProfileEntity,
            { id: row.id },
            { fileHash: hash, editedAt: null, fileConflict: null },
          );
        }
        return 'same';
      }
      if (row.fileHash === hash) {
        // The file was reverted to the applied content: there is no conflict any more.
        if (row.fileConflict) await tx.update(ProfileEntity, { id: row.id }, { fileConflict: null });
        return 'same';
      }
      if (row.editedAt) {
        await tx.save(ProfileEntity, { ...row, fileConflict: told });
        return 'conflict';
      }
      const { content } = await settleContacts(tx, row.content.contacts, told, OPERATORS_FILE, now);
      await tx.save(ProfileEntity, {
        ...row,
        content,
        revision: revisionWith(row, content),
        fileHash: hash,
        updatedAt: now,
      });
      await followRenames(tx, row.content, content);
      await keepVersion(tx, content, saving);
      return 'applied';
    });
  }

  /** Has all profiles matched with all calls again, because the matching itself has changed. */
  async matchAllAnew(): Promise<void> {
    await this.table.createQueryBuilder().update().set({ matchedRevision: NEVER }).execute();
  }

  /** Whether an institute has named anyone behind its competences. */
  async hasResearchers(id: string): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      'SELECT 1 FROM researcher WHERE profile_id = $1 LIMIT 1',
      [id],
    );
    return rows.length > 0;
  }

  /** Returns how far profiles are matched; all profiles if `ids` is null. */
  matchedStates(ids: string[] | null): Promise<MatchedState[]> {
    return this.database.query(`${MATCHED_STATES} WHERE $1::text[] IS NULL OR id = ANY($1)`, [ids]);
  }

  /** Returns how far the profiles of a part are matched. */
  matchedStatesIn(part: string): Promise<MatchedState[]> {
    return this.database.query(`${MATCHED_STATES} WHERE ${PART} = $1`, [part]);
  }

  /** Returns the parts in which these profiles are. */
  async partsOf(ids: string[]): Promise<string[]> {
    const rows: { part: string }[] = await this.database.query(
      `SELECT DISTINCT ${PART} AS part FROM profile WHERE id = ANY($1)`,
      [ids],
    );
    return rows.map(({ part }) => part);
  }
}
