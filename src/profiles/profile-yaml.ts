import { Injectable } from '@nestjs/common';
import { TooLarge } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import { unstorable } from '../platform/api/input.pipe.js';
import { profileFromYaml, profileToYaml } from '../platform/config/profile-yaml.js';
import { wrong } from '../kernel/issues.js';
import { problemOfFile, type YamlProblem } from '../platform/config/yaml.js';
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

const UNSTORABLE = problemOfFile('profile.yaml', wrong([], 'character'));
