import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type DataSourceOptions, getMetadataArgsStorage } from 'typeorm';

const SRC = fileURLToPath(new URL('../..', import.meta.url));
type Entities = NonNullable<DataSourceOptions['entities']>;

let loaded: Promise<Entities> | undefined;

/** Returns all entities, which are looked for once. */
export const loadEntities = (): Promise<Entities> => (loaded ??= findEntities());

/** Each stands in a store, most of them beside their repository, and its decorator registers it. */
async function findEntities(): Promise<Entities> {
  const names = (await readdir(SRC, { recursive: true })).filter((name) =>
    /\.(entity|repository)\.[jt]s$/.test(name),
  );
  await Promise.all(names.map((name) => import(`../../${name.replace(/\.[jt]s$/, '.js')}`)));
  return getMetadataArgsStorage().tables.map(({ target }) => target) as Entities;
}
