import { join } from 'node:path';
import { z } from 'zod';
import { BackupSettings } from '../../backups/domain/settings.js';
import { SignInSettings } from '../../access/domain/second-factor.js';
import type { SignOnProvider } from '../../kernel/sign-on.js';
import { HarvestSettings, sourceOverrides, type SourceOverrides } from '../../harvest/domain/settings.js';
import { lineInFile } from '../../i18n/sentences.js';
import { issue } from '../../kernel/issues.js';
import { nearest } from '../../kernel/nearest.js';
import { ReaderSettings } from '../../matching/domain/reader/reader-cost.js';
import { MatchingSettings } from '../../matching/domain/scoring/settings.js';
import { contradictions, MonitoringSettings } from '../../monitoring/domain/settings.js';
import type { Group } from '../../network/domain/group.js';
import { DigestSettings, NotificationSettings } from '../../notifications/domain/preferences/preferences.js';
import { refuse } from '../../platform/config/config-error.js';
import type { Settings } from '../../platform/config/settings.js';
import { displayPath, readYaml, yamlNames } from '../../platform/config/yaml.js';
import { HttpSettings } from '../../platform/http/settings.js';
import { RetentionSettings } from '../../privacy/domain/settings.js';
import { readGroups } from './groups.js';
import { SignOnFile } from './sign-on.js';

const SECTIONS = {
  harvest: HarvestSettings,
  digest: DigestSettings,
  notifications: NotificationSettings,
  http: HttpSettings,
  monitoring: MonitoringSettings,
  backup: BackupSettings,
  retention: RetentionSettings,
  signIn: SignInSettings,
};

/**
 * `config/default.yaml`: how the program behaves, the same on every machine. No value has a default here, so
 * that the file shows them all, with their reasons.
 */
const Behaviour = z.strictObject(SECTIONS);
type Behaviour = z.infer<typeof Behaviour>;

/** `config/local.yaml`: any subset of the behaviour. */
const Overrides = z
  .strictObject(
    Object.fromEntries(
      Object.entries(SECTIONS).map(([name, section]) => [name, (section as z.ZodObject).partial()]),
    ),
  )
  .partial();

/** Reader costs change no score, so they are no reason to match again. */
const MatchingFile = z
  .strictObject({ ...MatchingSettings.shape, ...ReaderSettings.shape })
  .refine((file) => file.readerDailyLimit.money === undefined || file.readerPrices !== undefined, {
    path: ['readerPrices'],
    ...issue('prices'),
  });

declare module '../../platform/config/settings.js' {
  interface Settings extends Behaviour {
    sources: SourceOverrides;
    matching: MatchingSettings;
    /** What a language model may read, if there is one. */
    reader: ReaderSettings;
    groups: Group[];
    /** Where people may sign in with their work account. */
    signOn: SignOnProvider[];
  }
}

/**
 * Reads default.yaml, overridden by local.yaml, then sources.yaml, matching.yaml, groups.yaml and
 * sign-on.yaml; all but the first are optional. Throws one ConfigError with all problems of all files. With
 * `sourceIds`, overrides of sources that do not exist are problems.
 */
export function loadSettings(configDir: string, sourceIds?: readonly string[]): Settings {
  const pathOf = (name: string): string => join(configDir, `${name}.yaml`);
  const optional = <T>(name: string, schema: z.ZodType<T>) =>
    readYaml<T>(pathOf(name), schema, { whenEmpty: {} });
  const institutes = yamlNames(join(configDir, 'institutes')).flatMap(({ stem, ending }) =>
    ending === 'yaml' ? stem : [],
  );
  const files = {
    default: readYaml<Behaviour>(pathOf('default'), Behaviour),
    local: optional('local', Overrides),
    sources: optional('sources', sourceOverrides(sourceIds)),
    matching: optional('matching', MatchingFile),
    groups: readGroups(pathOf('groups'), institutes),
    'sign-on': optional('sign-on', SignOnFile(institutes)),
  };
  const problems = Object.values(files).flatMap((file) => file.problems);
  refuse([...misnamed(configDir, Object.keys(files)), ...problems.map(lineInFile)]);
  const { readerPrices, readerDailyLimit, ...matching } = files.matching.value!;
  const behaviour = merge(files.default.value, files.local.value) as Behaviour;
  refuse(contradictions(behaviour.monitoring));
  return {
    ...behaviour,
    sources: files.sources.value!,
    matching,
    reader: { readerDailyLimit, ...(readerPrices && { readerPrices }) },
    groups: files.groups.value!.groups,
    signOn: files['sign-on'].value!.providers,
  };
}

/** A misnamed optional file would silently have no effect. */
function misnamed(configDir: string, known: readonly string[]): string[] {
  return yamlNames(configDir).flatMap(({ name, stem, ending }) => {
    const meant = nearest(stem, known);
    if (meant === undefined || (meant === stem && ending === 'yaml')) return [];
    const file = displayPath(join(configDir, name));
    return [`${file}: unknown file. Fix: Rename it to ${meant}.yaml, or remove it.`];
  });
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps are merged key by key; lists and single values from above replace those below. */
function merge(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (!isMap(below) || !isMap(above)) return above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(below[key], above[key])]));
}
