import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Group } from '../../../src/network/domain/group.js';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { readInstitutes } from '../../../src/app/config/institutes.js';
import { loadSettings } from '../../../src/app/config/settings.js';
import type { Wiring } from '../../../src/app/platform.module.js';

/** Returns a profile with that id; its default competence is wind turbines. */
export const aProfile = (id: string, told: Partial<Profile> = {}): Profile =>
  Profile.parse({
    id,
    name: `Carnot ${id}`,
    competences: [{ label: 'Wind energy', keywords: ['wind turbine', 'offshore wind'] }],
    ...told,
  });

/**
 * Creates a config folder like the project's, but with only these profiles and groups; `write` adds or
 * changes a profile.
 */
export function configWith(
  profiles: Profile[],
  groups: Group[] = [],
): { dir: string; write: (profile: Profile) => void; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'carnot-europe-config-'));
  for (const file of ['default.yaml', 'matching.yaml', 'sources.yaml'])
    cpSync(resolve('config', file), join(dir, file));
  mkdirSync(join(dir, 'institutes'));
  const write = (profile: Profile): void =>
    writeFileSync(join(dir, 'institutes', `${profile.id}.yaml`), stringify(profile));
  profiles.forEach(write);
  writeFileSync(join(dir, 'groups.yaml'), stringify({ groups }));
  return { dir, write, remove: () => rmSync(dir, { recursive: true }) };
}

/**
 * Wires the application with a config folder, and without sources to query. `minScore`: the least score of
 * calls that people are notified of.
 */
export const on =
  (configDir: string, minScore?: number) =>
  (wiring: Wiring): Wiring => ({
    ...wiring,
    institutes: readInstitutes(configDir),
    sources: [],
    settings: {
      ...wiring.settings,
      groups: loadSettings(configDir).groups,
      digest: { ...wiring.settings.digest, ...(minScore !== undefined && { minScore }) },
    },
  });
