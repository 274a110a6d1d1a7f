import { readdirSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Group } from '../../network/domain/group.js';
import { nearest } from '../../kernel/nearest.js';

import { readYaml, type YamlFile, type YamlProblem } from './yaml-file.js';

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

function unknownMember(
  file: YamlFile<unknown>,
  path: (string | number)[],
  id: string,
  known: string[],
): YamlProblem {
  const meant = nearest(id, known);
  return file.problemAt(
    path,
    `"${id}" is no profile in institutes/`,
    `${meant === undefined ? '' : `Did you mean "${meant}"? `}Write the id of an institute, or add institutes/${id}.yaml.`,
  );
}

/** Returns duplicates and unknown members. Anything unreadable is empty here and reported elsewhere. */
function problemsIn(file: YamlFile<unknown>, known: string[]): YamlProblem[] {
  const { groups } = Written.parse(file.data);
  return groups.flatMap(({ id, members }, i) => {
    const first = groups.findIndex((g) => g.id === id);
    const again =
      id === '' || first === i
        ? []
        : [
            file.problemAt(
              ['groups', i, 'id'],
              `is also the id of groups[${first}]`,
              'Give each group an id of its own.',
            ),
          ];
    const wrong = members.flatMap((member, j) => {
      const at = ['groups', i, 'members', j];
      if (member !== '' && !known.includes(member)) return [unknownMember(file, at, member, known)];
      return members.indexOf(member) === j
        ? []
        : [file.problemAt(at, `"${member}" is named twice`, 'Remove one of the two.')];
    });
    return [...again, ...wrong];
  });
}

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
