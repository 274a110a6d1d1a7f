import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** An entry for people to read; erased names are null. */
export interface AuditRow {
  position: string;
  at: Date;
  action: string;
  actorKind: string;
  actor: string | null;
  actorName: string | null;
  actorProfile: string | null;
  via: string | null;
  fromAddress: string | null;
  profileId: string | null;
  subject: string | null;
  subjectName: string | null;
  detail: Record<string, unknown>;
  hash: string;
}

/** The columns with the hashes of the names that an entry shows. */
const NAMES = ['actor_name', 'origin_name', 'subject_name'] as const;
/** The name that an entry holds the hash of: the one of its time, not a later one. */
const nameOf = (column: (typeof NAMES)[number]): string =>
  `(SELECT coalesce(nullif(n.name, ''), n.address) FROM audit_name n WHERE n.hash = a.${column})`;

/** The expression that an entry's hash covers, in the SQL of the database that made it. */
const HASH = `encode(sha256(convert_to(jsonb_build_array(previous, position, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
  action, actor_kind, actor, actor_profile, via, origin, profile_id, subject, detail, ${NAMES.join(', ')})::text, 'UTF8')), 'hex')`;
/** How many names of an entry are erased, and whether one of them is not the one it holds the hash of. */
const ERASED = `(${NAMES.map((name) => `(a.${name} IS NOT NULL AND NOT EXISTS (SELECT FROM audit_name n WHERE n.hash = a.${name}))`).join(' OR ')})`;
const RENAMED = `EXISTS (SELECT FROM audit_name n WHERE n.hash IN (${NAMES.map((name) => `a.${name}`).join(', ')}) AND n.hash <> audit_name_hash(n))`;
const BATCH = 5_000;

/**
 * Whether the chain is intact: its length, its last hash and how many entries show less because a name was
 * erased; or where and how it is broken.
 */
export type Chain =
  | { holds: true; entries: number; hash: string; erased: number }
  | { holds: false; position: number; why: 'changed' | 'missing' | 'not as noted' | 'name changed' };

/** An entry's position and hash that were kept elsewhere. */
export type Noted = { position: number; hash: string };

/**
 * What concerns an institute, before `since` only what the network knows too; or what the network may know:
 * what concerns itself, these actions, and what its own people did.
 */
type Whose = { network: readonly string[]; profileId?: string; since?: Date | null };

const FOR_NETWORK = `(a.profile_id IS NULL OR a.action = ANY($1) OR (a.actor_profile IS NULL AND a.actor_kind IN ('person', 'service', 'operator')))`;
const conditionOf = ({ network, profileId, since }: Whose): [string, unknown[]] =>
  profileId === undefined
    ? [FOR_NETWORK, [network]]
    : [
        `a.profile_id = $2 AND ($3::timestamptz IS NULL OR a.at >= $3 OR ${FOR_NETWORK})`,
        [network, profileId, since],
      ];

/** The audit log, written by the database itself when an audited row changes. */
@Injectable()
export class AuditRepository {
  constructor(private readonly database: DataSource) {}

  /** Records an action that changes no row. */
  async note(
    action: string,
    profileId: string | null,
    subject: string | null,
    detail: object = {},
  ): Promise<void> {
    await this.database.query('SELECT audit_note($1, $2, $3, $4, NULL, NULL)', [
      action,
      profileId,
      subject,
      JSON.stringify(detail),
    ]);
  }

  async count(whose: Whose): Promise<number> {
    const [condition, values] = conditionOf(whose);
    const [row]: { n: number }[] = await this.database.query(
      `SELECT count(*)::int AS n FROM audit a WHERE ${condition}`,
      values,
    );
    return row!.n;
  }

  /** Returns the newest entries first, before a position: an institute's, or what the network may know. */
  async list(whose: Whose, { before, limit }: { before: number | null; limit: number }): Promise<AuditRow[]> {
    const [condition, values] = conditionOf(whose);
    const [from, most] = [`$${values.length + 1}`, `$${values.length + 2}`];
    return this.database.query(
      `SELECT a.position, a.at, a.action, a.actor_kind AS "actorKind", a.actor, ${nameOf('actor_name')} AS "actorName", a.actor_profile AS "actorProfile", a.via,
              ${nameOf('origin_name')} AS "fromAddress", a.profile_id AS "profileId", a.subject, a.detail, a.hash,
              ${nameOf('subject_name')} AS "subjectName"
         FROM audit a WHERE ${condition} AND (${from}::bigint IS NULL OR a.position < ${from}) ORDER BY a.position DESC LIMIT ${most}`,
      [...values, before, limit],
    );
  }

  verify(noted: Noted | null): Promise<Chain> {
    return verifyChain(this.database, noted);
  }
}

/**
 * Verifies the whole chain. `noted` is an entry's position and hash kept elsewhere, which reveals a
 * truncated or rebuilt chain.
 */
export async function verifyChain(database: Pick<DataSource, 'query'>, noted: Noted | null): Promise<Chain> {
  let [entries, hash, erased] = [0, '', 0];
  for (;;) {
    const rows: {
      position: string;
      previous: string;
      hash: string;
      right: string;
      erased: boolean;
      renamed: boolean;
    }[] = await database.query(
      `SELECT position, previous, hash, ${HASH} AS right, ${ERASED} AS erased, ${RENAMED} AS renamed FROM audit a WHERE position > $1 ORDER BY position LIMIT ${BATCH}`,
      [entries],
    );
    for (const row of rows) {
      const position = Number(row.position);
      if (position !== entries + 1) return { holds: false, position: entries + 1, why: 'missing' };
      if (row.previous !== hash || row.hash !== row.right) return { holds: false, position, why: 'changed' };
      if (noted?.position === position && noted.hash !== row.hash)
        return { holds: false, position, why: 'not as noted' };
      if (row.renamed) return { holds: false, position, why: 'name changed' };
      [entries, hash] = [position, row.hash];
      erased += Number(row.erased);
    }
    if (rows.length < BATCH) break;
  }
  if (noted && noted.position > entries) return { holds: false, position: entries + 1, why: 'missing' };
  return { holds: true, entries, hash, erased };
}
