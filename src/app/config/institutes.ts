import { join } from 'node:path';
import { lineInFile } from '../../i18n/sentences.js';
import { issue } from '../../kernel/issues.js';
import { refuse } from '../../platform/config/config-error.js';
import { readYamlFolder } from '../../platform/config/yaml.js';
import { hashOfProfile, type InstituteFile, Profile } from '../../profiles/domain/profile.js';

/** The rule for the id belongs to its own field, so that it is checked whatever else is wrong in the file. */
const profileIn = (stem: string) =>
  Profile.safeExtend({
    id: Profile.shape.id.refine((written) => written === stem, issue('not-the-file-name', { stem })),
  });

/** Reads the profiles in `institutes/`, sorted by id. Throws one ConfigError with all problems in them. */
export function readInstitutes(configDir: string): InstituteFile[] {
  const files = readYamlFolder<Profile>(join(configDir, 'institutes'), profileIn);
  refuse(files.flatMap((file) => file.problems).map(lineInFile));
  return files
    .map(({ file, value }) => ({ profile: value!, file, hash: hashOfProfile(value!) }))
    .sort((a, b) => (a.profile.id < b.profile.id ? -1 : 1));
}
