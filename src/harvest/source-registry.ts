import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '../platform/config/config-error.js';
import type { SourceDefinition } from './domain/source.js';
import type { SourceOverrides } from './domain/settings.js';
import { NotFound } from '../kernel/errors.js';

const FOLDER = fileURLToPath(new URL('./sources', import.meta.url));

/** The injection token of the enabled sources. */
export const SOURCES = Symbol('sources');

/** A source as it runs: its definition with the operator's overrides. */
export interface Source extends SourceDefinition {
  /** The operator set its origin: it may be on this machine, and plain http. */
  trusted: boolean;
  /** The same for the origin of its own list. */
  listTrusted: boolean;
  /** Headers by which the operator identifies us, sent with every request to the source. */
  headers: Readonly<Record<string, string>>;
}

/** What can be set for the sources alone that have it. */
const OF_SOME = ['committees', 'topics'] as const;

/** The search service of the EU portal, which several sources ask. */
const PORTAL_SEARCH = 'https://api.tech.ec.europa.eu';

/** Origins set in the environment instead of the portal's: for its search service, and for its own list. */
export interface PortalOrigins {
  search?: string | undefined;
  list?: string | undefined;
}

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

/** Returns the ids of all sources: the folders of src/harvest/sources without a leading underscore. */
export async function sourceIds(): Promise<string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return entries
    .filter((e) => e.isDirectory() && !e.name.startsWith('_'))
    .map((e) => e.name)
    .sort();
}

/**
 * Loads the enabled sources. There is no list to edit: a folder is a source. `named` are sources that the
 * environment names, which switches on those that are off until somebody does. Throws if a folder breaks the
 * contract.
 */
export async function loadSources(
  overrides: SourceOverrides,
  portal: PortalOrigins = {},
  named: readonly string[] = [],
): Promise<Source[]> {
  const all = await Promise.all((await sourceIds()).map(load));
  refuse(
    all
      .flatMap((s) =>
        OF_SOME.filter((own) => overrides[s.id]?.[own] && !s[own]).map((own) => [s, own] as const),
      )
      .map(([s, own]) => `sources.yaml: ${s.id}.${own}: ${s.name} has no ${own}. Fix: Leave the line out.`),
  );
  return all
    .filter((s) => overrides[s.id]?.enabled ?? (s.enabled !== false || named.includes(s.id)))
    .map((s) => {
      const { enabled: _, headers = {}, ...changed } = overrides[s.id] ?? {};
      const ofPortal: PortalOrigins = s.origin === PORTAL_SEARCH ? portal : {};
      const origin = ofPortal.search ?? changed.origin;
      // If only one origin is given, it applies to both.
      const listOrigin = ofPortal.list ?? origin;
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

/** The enabled sources, by id. */
@Injectable()
export class Sources {
  private readonly byId: Map<string, Source>;

  constructor(@Inject(SOURCES) readonly all: Source[]) {
    this.byId = new Map(all.map((s) => [s.id, s]));
  }

  /** Returns null for a source that was disabled or removed while it still had work under way. */
  findById(id: string): Source | null {
    return this.byId.get(id) ?? null;
  }

  get(id: string): Source {
    const source = this.findById(id);
    if (!source) throw new NotFound('no-source', { id, known: [...this.byId.keys()].join(', ') });
    return source;
  }
}
