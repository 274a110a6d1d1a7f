import { CarnotError } from '../../kernel/errors.js';
import type { SettingRepository } from '../../platform/database/setting.repository.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';

/**
 * What a migration says of processes of the version before, which may run on beside it: during an update of several processes they do for a
 * while. `must-stop`: they would show or write what is wrong, so they stop by themselves.
 */
export interface SaysOfOldCode {
  readonly oldCode: 'may-go-on' | 'must-stop';
}

type Query = (sql: string) => Promise<{ there?: boolean; value?: string[] }[]>;

const unknownOf = (needed: readonly string[], known: readonly string[]): string[] =>
  needed.filter((name) => !known.includes(name));

/** Which migrations a process has to know to work on this database. */
const KEY = 'needs-migrations';

/** Names the migrations that were carried out and that old code cannot stand; what a newer version has named stays. */
export const NAME_NEEDED = `INSERT INTO setting (key, value) VALUES ('${KEY}', $1)
  ON CONFLICT (key) DO UPDATE SET value = (SELECT jsonb_agg(DISTINCT name) FROM jsonb_array_elements(setting.value || excluded.value) AS name)`;

const newerVersion = (unknown: readonly string[]): CarnotError =>
  new CarnotError(
    'NewerVersion',
    `The database was updated by a newer version of carnot-europe, and this one cannot work beside it: it does not know ${unknown.join(', ')}. ` +
      'Start the newer version instead, or restore a backup that was made before the update.',
    'person',
  );

/** Throws where the database needs what this version does not know. One that is empty needs nothing. */
export async function refuseOlder(query: Query, known: readonly string[]): Promise<void> {
  const [table] = await query(`SELECT to_regclass('setting') IS NOT NULL AS there`);
  const [found] = table?.there ? await query(`SELECT value FROM setting WHERE key = '${KEY}'`) : [];
  const unknown = unknownOf(found?.value ?? [], known);
  if (unknown.length) throw newerVersion(unknown);
}

/** Looks whether a newer version has changed the database in a way that this process cannot stand. */
export class NewerVersion implements DueCheck {
  constructor(
    private readonly settings: Pick<SettingRepository, 'find'>,
    private readonly known: readonly string[],
    private readonly stop: (why: Error) => void,
  ) {}

  async due(): Promise<[]> {
    const unknown = unknownOf((await this.settings.find<string[]>(KEY)) ?? [], this.known);
    if (unknown.length) this.stop(newerVersion(unknown));
    return [];
  }
}
