import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SourceDefinition } from './domain/source.js';
import type { SourceOverrides } from '../platform/config/settings-schema.js';

const FOLDER = fileURLToPath(new URL('./sources', import.meta.url));

/** The sources that are switched on, as they are injected. */
export const SOURCES = Symbol('sources');

/** A source as it is run: its own definition under the operator's overrides. */
export interface Source extends SourceDefinition {
  /** The operator wrote its origin: it may be of this machine, and plain http. */
  trusted: boolean;
  /** The same of the origin of its own list. */
  listTrusted: boolean;
  /** What the operator says of who asks, sent with every request to it. */
  headers: Readonly<Record<string, string>>;
}

/** Addresses that the operator gave for a source in the environment: of its pages, and of its own list. */
export interface Origins {
  pages: string | undefined;
  list?: string | undefined;
}

/** The origins of these sources that the operator wrote. */
export const trustedOrigins = (sources: Source[]): string[] => [
  ...new Set(
    sources.flatMap((s) => [
      ...(s.trusted ? [s.origin] : []),
      ...(s.list && s.listTrusted ? [s.list.origin] : []),
    ]),
  ),
];

async function load(id: string): Promise<SourceDefinition> {
  const module = (await import(`./sources/${id}/${id}.source.js`)) as { source?: SourceDefinition };
  if (!module.source) throw new Error(`src/harvest/sources/${id}/${id}.source.ts must export \`source\``);
  if (module.source.id !== id)
    throw new Error(
      `src/harvest/sources/${id}: the source calls itself "${module.source.id}"; its id must be its folder's name`,
    );
  return module.source;
}

/**
 * The ids of all sources: the folders of src/harvest/sources whose name does not begin with an underscore.
 */
export async function sourceIds(): Promise<string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return entries
    .filter((e) => e.isDirectory() && !e.name.startsWith('_'))
    .map((e) => e.name)
    .sort();
}

/**
 * The sources that are switched on. There is no list to edit: a folder is a source. `origins` are addresses
 * that the operator gave in the environment, `lists` those of the sources' own lists. Throws where a folder
 * breaks the contract.
 */
export async function loadSources(
  overrides: SourceOverrides,
  origins: Record<string, Origins>,
): Promise<Source[]> {
  const all = await Promise.all((await sourceIds()).map(load));
  return all
    .filter((s) => overrides[s.id]?.enabled !== false)
    .map((s) => {
      const { enabled: _, headers = {}, ...changed } = overrides[s.id] ?? {};
      const origin = origins[s.id]?.pages ?? changed.origin;
      // Where only one address is given, the same is meant for both.
      const listOrigin = origins[s.id]?.list ?? origin;
      const list = s.list && { ...s.list, origin: listOrigin ?? s.list.origin };
      return {
        ...s,
        ...changed,
        origin: origin ?? s.origin,
        trusted: origin !== undefined,
        headers,
        listTrusted: listOrigin !== undefined,
        ...(list && { list }),
      };
    });
}
