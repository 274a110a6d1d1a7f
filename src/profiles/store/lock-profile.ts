import type { EntityManager } from 'typeorm';

/**
 * Lets those who do something for an institute do it one after the other, until the transaction ends. Whoever
 * only refers to its profile by a new row is not kept waiting: they may hold what is waited for here.
 */
export async function lockProfile(tx: EntityManager, profileId: string): Promise<void> {
  await tx.query('SELECT 1 FROM profile WHERE id = $1 FOR NO KEY UPDATE', [profileId]);
}
