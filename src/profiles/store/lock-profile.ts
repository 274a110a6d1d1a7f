import type { EntityManager } from 'typeorm';

/**
 * Serialises work for an institute until the transaction ends. Inserting a row that only refers to its
 * profile is not blocked: that transaction may hold what is waited for here.
 */
export async function lockProfile(tx: EntityManager, profileId: string): Promise<void> {
  await tx.query('SELECT 1 FROM profile WHERE id = $1 FOR NO KEY UPDATE', [profileId]);
}
