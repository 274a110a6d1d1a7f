import type { EntityManager } from 'typeorm';
import type { Profile } from '../domain/profile.js';
import { renames } from '../domain/profile-diff.js';
import { asInstitute } from '../../platform/database/acting.js';

/** Keeps the people behind a competence that is renamed. */
export async function followRenames(tx: EntityManager, before: Profile, after: Profile): Promise<void> {
  const renamed = renames(before, after);
  if (!renamed.length) return;
  // Runs as the institute: the network may rename too, but cannot see its people.
  await asInstitute(before.id, () =>
    tx.query(
      `UPDATE researcher r SET competences = ARRAY(SELECT coalesce(n."to", c.label) FROM unnest(r.competences) WITH ORDINALITY AS c(label, nth)
       LEFT JOIN jsonb_to_recordset($2) AS n("from" text, "to" text) ON n."from" = c.label ORDER BY c.nth)
      WHERE r.profile_id = $1 AND r.competences && $3`,
      [before.id, JSON.stringify(renamed), renamed.map((r) => r.from)],
    ),
  );
}
