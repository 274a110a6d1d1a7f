import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plugIn } from './domain/signals/signal-set.js';
import type { Signal } from './domain/signals/signal.js';

const FOLDER = fileURLToPath(new URL('./signals', import.meta.url));

async function load(id: string): Promise<Signal> {
  const module = (await import(`./signals/${id}/${id}.signal.js`)) as { signal?: Signal };
  if (!module.signal) throw new Error(`src/matching/signals/${id}/${id}.signal.ts must export \`signal\``);
  if (module.signal.id !== id)
    throw new Error(
      `src/matching/signals/${id}: the signal calls itself "${module.signal.id}"; its id must be its folder's name`,
    );
  return module.signal;
}

/**
 * Plugs in all signals: the folders of src/matching/signals whose names do not start with an underscore.
 * Throws if one breaks the contract.
 */
export async function loadSignals(): Promise<Signal[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  const ids = entries.filter((e) => e.isDirectory() && !e.name.startsWith('_')).map((e) => e.name);
  const all = await Promise.all(ids.map(load));
  plugIn(all);
  return all;
}
