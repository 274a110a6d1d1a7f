import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { CarnotError } from '../../kernel/errors.js';
import type { SettingRepository } from './setting.repository.js';
import type { DueCheck } from '../schedule/ticker.js';

/**
 * What a migration declares about processes of the previous version, which may run in parallel for a while
 * during an update of several processes. `must-stop`: they would show or write wrong data, so they stop by
 * themselves.
 */
export interface SaysOfOldCode {
  readonly oldCode: 'may-go-on' | 'must-stop';
}

type Query = (
  sql: string,
  values?: unknown[],
) => Promise<{ there?: boolean; value?: string[]; open?: number; name?: string }[]>;

const unknownOf = (needed: readonly string[], known: readonly string[]): string[] =>
  needed.filter((name) => !known.includes(name));

/** The setting for the migrations that a process must know to work on this database. */
const KEY = 'needs-migrations';

/** Records applied migrations that old code cannot work with; those recorded by a newer version stay. */
export const NAME_NEEDED = `INSERT INTO setting (key, value) SELECT '${KEY}', coalesce(jsonb_agg(DISTINCT name), '[]') FROM jsonb_array_elements($1::jsonb) AS name
  ON CONFLICT (key) DO UPDATE SET value = (SELECT coalesce(jsonb_agg(DISTINCT name), '[]') FROM jsonb_array_elements(setting.value || excluded.value) AS name)`;

const newerVersion = (unknown: readonly string[]): CarnotError =>
  new CarnotError(
    'NewerVersion',
    `The database was updated by a newer version of carnot-europe, and this one cannot work beside it: it does not know ${unknown.join(', ')}. ` +
      'Start the newer version instead, or restore a backup that was made before the update.',
    'person',
  );

/** Throws if the database needs what this version does not know. An empty one needs nothing. */
export async function refuseOlder(query: Query, known: readonly string[]): Promise<void> {
  const [table] = await query(`SELECT to_regclass('setting') IS NOT NULL AS there`);
  const [found] = table?.there ? await query(`SELECT value FROM setting WHERE key = '${KEY}'`) : [];
  const unknown = unknownOf(found?.value ?? [], known);
  if (unknown.length) throw newerVersion(unknown);
}

const OPEN = `SELECT count(*)::int AS open FROM pg_stat_activity
  WHERE datname = current_database() AND application_name IN ('carnot-europe', 'carnot-europe queue')`;
/** They check every ten seconds, and end within ten. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 250;

/**
 * Records migrations that are about to be applied, and waits for processes of an earlier version to finish
 * their work: afterwards they could no longer record what they sent. Returns how many connections they still
 * have; versions that do not know the rule stay.
 */
async function announce(query: Query, names: readonly string[]): Promise<number> {
  const open = async (): Promise<number> => (await query(OPEN))[0]!.open!;
  if ((await open()) === 0) return 0;
  await query(NAME_NEEDED, [JSON.stringify(names)]);
  for (const end = performance.now() + PATIENCE_MS; ; await setTimeout(LOOK_MS)) {
    const left = await open();
    if (left === 0 || performance.now() > end) return left;
  }
}

/** Used if they could not be applied: the previous version may go on. */
const TAKE_BACK = `UPDATE setting SET value = value - $1::text[] WHERE key = '${KEY}'`;

/**
 * Applies migrations once no process is left that cannot work with them; if they fail, such processes may be
 * started again.
 */
export async function besideOldCode(
  query: Query,
  needed: readonly string[],
  work: () => Promise<unknown>,
): Promise<void> {
  const [table] = await query(
    `SELECT to_regclass('migration') IS NOT NULL AND to_regclass('setting') IS NOT NULL AS there`,
  );
  const done = table?.there ? await query('SELECT name FROM migration') : [];
  const coming = done.length ? needed.filter((one) => !done.some(({ name }) => name === one)) : [];
  const left = coming.length ? await announce(query, coming) : 0;
  if (left > 0)
    new Logger('Database').warn(
      `Processes of an earlier version are still connected (${left} connections), and cannot work with the database as it becomes now. ` +
        'Fix: Stop them.',
    );
  try {
    await work();
  } catch (error) {
    if (coming.length) await query(TAKE_BACK, [coming]);
    throw error;
  }
}

/** Checks whether a newer version has made the database unusable for this process. */
export class NewerVersion implements DueCheck {
  constructor(
    private readonly settings: Pick<SettingRepository, 'findByKey'>,
    private readonly known: readonly string[],
    private readonly stop: (why: Error) => void,
  ) {}

  async due(): Promise<[]> {
    const unknown = unknownOf((await this.settings.findByKey<string[]>(KEY)) ?? [], this.known);
    if (unknown.length) this.stop(newerVersion(unknown));
    return [];
  }
}
