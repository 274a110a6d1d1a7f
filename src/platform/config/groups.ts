import { readdirSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Group } from '../../network/domain/group.js';
import { nearest } from '../../kernel/nearest.js';

import { wrong, type FieldIssue } from '../../kernel/issues.js';
import { readYaml, type YamlFile, type YamlProblem } from './yaml.js';

const Groups = z.strictObject({ groups: z.array(Group).max(100).default([]) });
/** As much of the file as can be read, so that members are checked whatever else is wrong in it. */
const Written = z
  .object({
    groups: z
      .array(
        z
          .object({ id: z.string().catch(''), members: z.array(z.string().catch('')).catch([]) })
          .catch({ id: '', members: [] }),
      )
      .catch([]),
  })
  .catch({ groups: [] });

/** Returns duplicates and unknown members. Anything unreadable is empty here and reported elsewhere. */
function problemsIn(file: YamlFile<unknown>, known: string[]): YamlProblem[] {
  const { groups } = Written.parse(file.data);
  return groups
    .flatMap(({ id, members }, i) => {
      const first = groups.findIndex((g) => g.id === id);
      const again = id !== '' && first !== i;
      return [
        ...(again ? [wrong(['groups', i, 'id'], 'id-of-other-group', { first })] : []),
        ...members.flatMap((member, j) => {
          const at = ['groups', i, 'members', j];
          if (member !== '' && !known.includes(member)) return [noInstitute(at, member, known)];
          return members.indexOf(member) === j ? [] : [wrong(at, 'named-twice', { id: member })];
        }),
      ];
    })
    .map(file.problemAt);
}

/** An institute that a file names and that does not exist. */
export const noInstitute = (path: readonly PropertyKey[], id: string, known: readonly string[]): FieldIssue =>
  wrong(path, 'no-such-institute', { id, meant: nearest(id, known) ?? 'none' });

/** Reads groups.yaml, which is optional; its problems are reported with those of the other files. */
export function readGroups(configDir: string): { groups: Group[]; problems: YamlProblem[] } {
  const path = join(configDir, 'groups.yaml');
  if (!existsSync(path)) return { groups: [], problems: [] };
  const file = readYaml<z.infer<typeof Groups>>(path, Groups, { whenEmpty: {} });
  return {
    groups: file.value?.groups ?? [],
    problems: [...file.problems, ...problemsIn(file, instituteIds(configDir))],
  };
}

/** Returns the ids of all institutes: a file not named after its id is refused when it is read. */
export function instituteIds(configDir: string): string[] {
  const folder = join(configDir, 'institutes');
  return existsSync(folder)
    ? readdirSync(folder).flatMap((name) => /^([^.].*)\.yaml$/.exec(name)?.[1] ?? [])
    : [];
}
