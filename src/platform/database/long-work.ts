import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { LimitedClient } from './limits.js';

const connectionOf = async (runner: QueryRunner): Promise<LimitedClient> =>
  (await runner.connect()) as LimitedClient;

/** Waits for answers on this connection without a timeout. */
async function patiently<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  const connection = await connectionOf(runner);
  const before = connection.patienceMs;
  connection.patienceMs = 0;
  try {
    return await work();
  } finally {
    connection.patienceMs = before;
  }
}

/**
 * Runs a transaction whose statements may take and wait as long as they need: nobody is waiting for it, and
 * if cut off half-way it would only start again. The limit for idle transactions stays.
 */
export function longTransaction<T>(
  database: DataSource,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  return database.transaction((tx) =>
    patiently(tx.queryRunner!, async () => {
      await tx.query('SET LOCAL statement_timeout = 0');
      await tx.query('SET LOCAL lock_timeout = 0');
      return work(tx);
    }),
  );
}

/**
 * Runs a statement outside any transaction that may wait as long as it needs, such as for a lock held during
 * a whole import.
 */
export async function longStatement(
  runner: QueryRunner,
  statement: string,
  values: unknown[],
): Promise<void> {
  await patiently(runner, async () => {
    await runner.query('SET statement_timeout = 0');
    await runner.query('SET lock_timeout = 0');
    try {
      await runner.query(statement, values);
    } finally {
      // The connection goes back to the pool.
      await runner.query('RESET statement_timeout');
      await runner.query('RESET lock_timeout');
    }
  });
}
