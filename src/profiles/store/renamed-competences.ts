import type { EntityManager } from 'typeorm';
import type { Profile } from '../domain/profile.js';
import { renames } from '../domain/profile-diff.js';
import { asInstitute } from '../../platform/database/acting.js';

/** A competence that goes on under another name keeps the people behind it. */
export async function followRenames(tx: EntityManager, before: Profile, after: Profile): Promise<void> {
  const renamed = renames(before, after);
  if (!renamed.length) return;
  // By the network too, which sees none of them.
  await asInstitute(before.id, () =>
    tx.query(
      `UPDATE researcher r SET competences = ARRAY(SELECT coalesce(n."to", c.label) FROM unnest(r.competences) WITH ORDINALITY AS c(label, nth)
       LEFT JOIN jsonb_to_recordset($2) AS n("from" text, "to" text) ON n."from" = c.label ORDER BY c.nth)
      WHERE r.profile_id = $1 AND r.competences && $3`,
      [before.id, JSON.stringify(renamed), renamed.map((r) => r.from)],
    ),
  );
}
