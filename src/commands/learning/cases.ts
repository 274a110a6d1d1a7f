import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Matched } from '../../matching/domain/scoring/match.js';
import { ConfigError, refuse } from '../../platform/config/config-error.js';
import { Profile } from '../../profiles/domain/profile.js';
import { organisationsIn, projectsIn } from './benchmark.js';
import { pastProject } from './past-lists.js';

/** An evaluated organisation, with all the texts it is known by. */
export interface Case {
  id: string;
  matched: Matched;
}

/** Returns one profile per organisation, with its projects and no written text. */
export function recorded(folder: string): Case[] {
  const projects = projectsIn(folder);
  return organisationsIn(folder).map(({ id, name }) => ({
    id,
    matched: {
      profile: { id, name: name ?? id, language: 'en', confirmed: false, competences: [], contacts: [] },
      projects: projects.filter((p) => p.organisations.some((o) => o.id === id)).map(pastProject),
    },
  }));
}

/**
 * Reads all profiles of a folder, in the format of config/institutes; their `id` may be any text, e.g. a
 * register number. Throws all problems of all files.
 */
export function written(folder: string, usage: string): Case[] {
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  if (files.length === 0) throw new ConfigError([`${folder} holds no .yaml file. Fix: ${usage}`]);
  const problems: string[] = [];
  const cases = files.flatMap((name): Case[] => {
    const { id, ...content } = parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
    const read = Profile.safeParse({ ...content, id: 'evaluated' });
    if (!read.success || id === undefined)
      problems.push(
        `${join(folder, name)}: ${read.error?.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') ?? 'id is missing'}. Fix: Write id, name, language and competences.`,
      );
    return read.success ? [{ id: String(id), matched: { profile: read.data } }] : [];
  });
  refuse(problems);
  return cases;
}
