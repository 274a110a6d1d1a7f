import { Injectable } from '@nestjs/common';
import { TooLarge } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import { unstorable } from '../platform/api/input.pipe.js';
import { issue, wrong } from '../kernel/issues.js';
import { problemOfFile, readYamlText, writeYaml, type YamlProblem } from '../platform/config/yaml.js';
import { Profile } from './domain/profile.js';
import { Profiles, type Saved } from './profiles.js';

/** Ten times the size of the network's longest. */
export const MOST_YAML_BYTES = 100_000;

/** The result of a profile in YAML: saved (or stale), or its errors, line by line. */
export type FromYaml = { edited: Saved } | { problems: YamlProblem[] };

/** Profiles as files: export from and import into the database. */
@Injectable()
export class ProfileYaml {
  constructor(private readonly profiles: Profiles) {}

  /** Returns the profile in the format of `config/institutes`; 404 if it does not exist. */
  async write(id: string): Promise<string> {
    return profileToYaml((await this.profiles.get(id)).profile.content);
  }

  /** Replaces the profile with the text. Writes nothing if there is any error. */
  async save(id: string, text: string, actor: Actor, version?: number): Promise<FromYaml> {
    if (Buffer.byteLength(text) > MOST_YAML_BYTES)
      throw new TooLarge('yaml-too-large', { most: MOST_YAML_BYTES / 1_000 });
    const read = profileFromYaml(text, id);
    if ('problems' in read) return { problems: read.problems };
    if (unstorable(read.profile).length) return { problems: [UNSTORABLE] };
    return {
      edited: await this.profiles.save(read.profile, actor, version === undefined ? {} : { version }),
    };
  }
}

/** Lists of words, written on one line as long as they fit. */
const IN_LINE = [
  'keywords',
  'exclusions',
  'typesOfAction',
  'programmes',
  'answersAs',
  'countries',
  'roles',
  'projects',
  'words',
  'topics',
  'subjects',
  'except',
];

/**
 * Returns a profile in the form of `config/institutes`. Read by the schema for the order of its keys, in
 * which people look for them. A profile with what only a newer version knows keeps its own.
 */
export const profileToYaml = (profile: Profile): string =>
  writeYaml(Profile.safeParse(profile).data ?? profile, IN_LINE, ['description']);

/**
 * Ten times the parts of the network's longest profile; brackets and tabs in a text of the maximum length
 * make ten times as many. A profile has four levels, each usually indented by two.
 */
const MOST = { parts: 12_000, levels: 80 };
const FILE = 'profile.yaml';
const UNSTORABLE = problemOfFile(FILE, wrong([], 'character'));

/** Reads the profile with that id; problems come with their line and a fix, as at the start. */
export function profileFromYaml(
  text: string,
  id: string,
): { profile: Profile } | { problems: YamlProblem[] } {
  const own = Profile.shape.id.refine((written) => written === id, issue('not-this-id', { id }));
  const schema = Profile.safeExtend({ id: own });
  const { value, problems } = readYamlText<Profile>(FILE, text, schema, { most: MOST });
  return value ? { profile: value } : { problems };
}
