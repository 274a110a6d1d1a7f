import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Group } from '../../domain/network/group.js';
import { nearest } from '../../domain/nearest.js';
import { readYaml, type YamlFile, type YamlProblem } from './yaml-file.js';

const Groups = z.strictObject({ groups: z.array(Group).max(100).default([]) });

/** The ids of the institutes that there are: a file that is not called by its id is refused where it is read. */
function instituteIds(configDir: string): string[] {
  const folder = join(configDir, 'institutes');
  return existsSync(folder) ? readdirSync(folder).flatMap((name) => /^([^.].*)\.yaml$/.exec(name)?.[1] ?? []) : [];
}

function unknownMember(file: YamlFile<unknown>, path: (string | number)[], id: string, known: string[]): YamlProblem {
  const meant = nearest(id, known);
  return file.problemAt(path, `"${id}" is no profile in institutes/`, `${meant === undefined ? '' : `Did you mean "${meant}"? `}Write the id of an institute, or add institutes/${id}.yaml.`);
}

function problemsIn(file: YamlFile<z.infer<typeof Groups>>, configDir: string): YamlProblem[] {
  const known = instituteIds(configDir);
  const groups = file.value?.groups ?? [];
  return groups.flatMap((group, i) => {
    const first = groups.findIndex((g) => g.id === group.id);
    const again = first === i ? [] : [file.problemAt(['groups', i, 'id'], `is also the id of groups[${first}]`, 'Give each group an id of its own.')];
    const members = group.members === 'all' ? [] : group.members;
    return [...again, ...members.flatMap((id, j) => {
      if (!known.includes(id)) return [unknownMember(file, ['groups', i, 'members', j], id, known)];
      return members.indexOf(id) === j ? [] : [file.problemAt(['groups', i, 'members', j], `"${id}" is named twice`, 'Remove one of the two.')];
    })];
  });
}

/** Reads groups.yaml, which may be absent; its problems are told with those of the other files. */
export function readGroups(configDir: string): { groups: Group[]; problems: YamlProblem[] } {
  const path = join(configDir, 'groups.yaml');
  if (!existsSync(path)) return { groups: [], problems: [] };
  const file = readYaml<z.infer<typeof Groups>>(path, Groups, { whenEmpty: {} });
  return { groups: file.value?.groups ?? [], problems: [...file.problems, ...problemsIn(file, configDir)] };
}
