import { z } from 'zod';
import { issueAt, valueAt, wrong } from '../../kernel/issues.js';
import { nearest } from '../../kernel/nearest.js';
import { Group } from '../../network/domain/group.js';
import { readYaml, type YamlFile, type YamlProblem } from '../../platform/config/yaml.js';

export const instituteOf = (known: readonly string[]) =>
  z.string().superRefine((id, rule) => {
    if (!known.includes(id))
      rule.addIssue(issueAt([], 'no-such-institute', { id, meant: nearest(id, known) ?? 'none' }));
  });

const GroupsFile = (institutes: readonly string[]) => {
  const members = z
    .array(instituteOf(institutes))
    .min(1)
    .max(200)
    .superRefine((ids, rule) => {
      for (const [i, id] of ids.entries())
        if (ids.indexOf(id) < i) rule.addIssue(issueAt([i], 'named-twice'));
    });
  const group = Group.safeExtend({ members: z.union([z.literal('all'), members]) });
  return z.strictObject({ groups: z.array(group).max(100).default([]) });
};
type GroupsFile = z.infer<ReturnType<typeof GroupsFile>>;

/** Reads groups.yaml, which is optional. */
export function readGroups(path: string, institutes: readonly string[]): YamlFile<GroupsFile> {
  const file = readYaml<GroupsFile>(path, GroupsFile(institutes), { whenEmpty: {} });
  return { ...file, problems: [...file.problems, ...repeatedIds(file)] };
}

/** Of the text as it is written, so that an id is compared whatever else is wrong with its group. */
function repeatedIds({ data, problemAt }: YamlFile<unknown>): YamlProblem[] {
  const ids = [valueAt(data, ['groups'])].flat().map((group) => valueAt(group, ['id']));
  return ids.flatMap((id, i) => {
    const first = ids.indexOf(id);
    return typeof id === 'string' && first < i
      ? [problemAt(wrong(['groups', i, 'id'], 'id-of-other-group', { first }))]
      : [];
  });
}
