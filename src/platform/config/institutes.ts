import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lineInFile } from '../../i18n/sentences.js';
import { issue, wrong } from '../../kernel/issues.js';
import { canonicalJson, sha256 } from '../../kernel/hash.js';
import { Profile } from '../../profiles/domain/profile.js';
import { refuse } from './config-error.js';
import { displayPath, readYaml, type YamlFile } from './yaml.js';

export interface InstituteFile {
  profile: Profile;
  /** The path as a person would look for it: `config/institutes/3bcar.yaml`. */
  file: string;
  /** A hash of the content; comments, the order of keys and explicit defaults do not change it. */
  hash: string;
}

/** Reads the profiles in `institutes/`, sorted by id. Throws one ConfigError with all problems in them. */
export function readInstitutes(configDir: string): InstituteFile[] {
  const folder = join(configDir, 'institutes');
  const names = listFolder(folder).filter((name) => !name.startsWith('.'));
  const files = names.filter((name) => name.endsWith('.yaml')).map((name) => readInstitute(folder, name));
  refuse([
    ...names.filter((name) => /\.yml$/i.test(name)).map((name) => wrongEnding(folder, name)),
    ...files.flatMap((file) => file.problems).map(lineInFile),
    ...duplicates(files).map(lineInFile),
  ]);
  return files
    .flatMap(({ file, value }) => (value ? [{ profile: value, file, hash: hashOfProfile(value) }] : []))
    .sort((a, b) => (a.profile.id < b.profile.id ? -1 : 1));
}

/** Returns the same hash for profiles with the same content, however they were written. */
export function hashOfProfile(profile: Profile): string {
  return sha256(canonicalJson(profile));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is missing' : 'cannot be read';
    refuse([
      `${displayPath(folder)}: the folder ${why}. Fix: Make it, with one <id>.yaml for each institute in it.`,
    ]);
    return [];
  }
}

/** The rule for the id belongs to its own field, so that it is checked whatever else is wrong in the file. */
function readInstitute(folder: string, name: string): YamlFile<Profile> {
  const stem = name.slice(0, -'.yaml'.length);
  const id = Profile.shape.id.refine((written) => written === stem, issue('not-the-file-name', { stem }));
  return readYaml<Profile>(join(folder, name), Profile.safeExtend({ id }));
}

function wrongEnding(folder: string, name: string): string {
  const right = name.replace(/\.yml$/i, '.yaml');
  return `${displayPath(join(folder, name))}: only .yaml files are read. Fix: Rename it to ${right}, or remove it.`;
}

function duplicates(files: YamlFile<Profile>[]) {
  const written = (file: YamlFile<Profile>) => (file.data as { id?: unknown } | null | undefined)?.id;
  return files.flatMap((file, i) => {
    const id = written(file);
    const first = files.findIndex((other) => written(other) === id);
    if (typeof id !== 'string' || first === i) return [];
    return [file.problemAt(wrong(['id'], 'id-of-other-file', { file: files[first]!.file }))];
  });
}
