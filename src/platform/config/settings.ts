import { issue } from '../../kernel/issues.js';
import { lineInFile } from '../../i18n/sentences.js';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ReaderSettings } from '../../matching/domain/reader/reader-settings.js';
import { MatchingSettings } from '../../matching/domain/scoring/settings.js';
import type { Group } from '../../network/domain/group.js';
import type { SignOnProvider } from '../../access/domain/sign-on/provider.js';
import { refuse } from './config-error.js';
import { nearest } from '../../kernel/nearest.js';
import { readGroups } from './groups.js';
import { Behaviour, BehaviourOverrides, sourceOverrides, type SourceOverrides } from './settings-schema.js';
import { readSignOn } from './sign-on/sign-on-file.js';
import { displayPath, readYaml, type YamlFile } from './yaml.js';

/** All settings in the folder `config`, validated. */
export interface Settings extends Behaviour {
  sources: SourceOverrides;
  matching: MatchingSettings;
  /** What a language model may read, if there is one. */
  reader: ReaderSettings;
  groups: Group[];
  /** Where people may sign in with their work account. */
  signOn: SignOnProvider[];
}

/** Reader costs change no score, so they are no reason to match again. */
const MatchingFile = z
  .strictObject({ ...MatchingSettings.shape, ...ReaderSettings.shape })
  .refine((file) => file.readerDailyLimit.money === undefined || file.readerPrices !== undefined, {
    path: ['readerPrices'],
    ...issue('prices'),
  });
type MatchingFile = z.infer<typeof MatchingFile>;

const apart = ({ readerPrices, readerDailyLimit, ...matching }: MatchingFile) => ({
  matching,
  reader: { readerDailyLimit, ...(readerPrices && { readerPrices }) },
});

const fileNames = ['default', 'local', 'sources', 'matching', 'groups', 'sign-on'];

/**
 * Reads default.yaml, overridden by local.yaml, then sources.yaml, matching.yaml, groups.yaml and
 * sign-on.yaml; all but the first are optional. Throws one ConfigError with all problems of all files. With
 * `sourceIds`, overrides of sources that do not exist are problems.
 */
export function loadSettings(configDir: string, sourceIds?: readonly string[]): Settings {
  const base = readYaml<Behaviour>(join(configDir, 'default.yaml'), Behaviour);
  const local = optional<BehaviourOverrides>(configDir, 'local', BehaviourOverrides);
  const sources = optional<SourceOverrides>(configDir, 'sources', sourceOverrides(sourceIds));
  const matching = optional<MatchingFile>(configDir, 'matching', MatchingFile);
  const { groups, problems: ofGroups } = readGroups(configDir);
  const { providers: signOn, problems: ofSignOn } = readSignOn(configDir);
  const problems = [
    ...[base, local, sources, matching].flatMap((file) => file?.problems ?? []),
    ...ofGroups,
    ...ofSignOn,
  ];
  refuse([...misnamed(configDir), ...problems.map(lineInFile)]);
  return {
    ...(merge(base.value, local?.value) as Behaviour),
    sources: sources?.value ?? {},
    ...apart(matching?.value ?? MatchingFile.parse({})),
    groups,
    signOn,
  };
}

/** Each of these files only overrides defaults, so one that is absent or all comments changes nothing. */
function optional<T>(configDir: string, name: string, schema: z.ZodType<T>): YamlFile<T> | undefined {
  const path = join(configDir, `${name}.yaml`);
  return existsSync(path) ? readYaml(path, schema, { whenEmpty: {} }) : undefined;
}

/** A misnamed optional file would silently have no effect. */
function misnamed(configDir: string): string[] {
  const found = existsSync(configDir) ? readdirSync(configDir) : [];
  return found.flatMap((name) => {
    const [, stem, ending] = /^([^.].*)\.(ya?ml)$/i.exec(name) ?? [];
    const meant = stem === undefined ? undefined : nearest(stem, fileNames);
    if (meant === undefined || (meant === stem && ending === 'yaml')) return [];
    const file = displayPath(join(configDir, name));
    return [`${file}: unknown file. Fix: Rename it to ${meant}.yaml, or remove it.`];
  });
}

/** Maps are merged key by key; lists and single values from above replace those below. */
function merge(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (!isMap(below) || !isMap(above)) return above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(below[key], above[key])]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
