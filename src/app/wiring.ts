import { fileURLToPath } from 'node:url';
import { sha256 } from '../kernel/hash.js';
import { loadSignals } from '../matching/signal-registry.js';
import { ANALYSIS } from '../matching/domain/index/analysed-call.js';
import { STEM_EXCEPTIONS } from '../kernel/stem.js';
import { Terminology } from '../matching/domain/analysis/terminology.js';
import { loadSources, sourceIds } from '../harvest/source-registry.js';
import { loadChannels } from '../notifications/channel-registry.js';
import { ConfigError, refuse } from '../platform/config/config-error.js';
import { readEnvironment, type Role } from '../platform/config/environment.js';
import { policyProblems } from '../access/domain/second-factor.js';
import { signOnProblems } from './config/sign-on.js';
import { readInstitutes } from './config/institutes.js';
import { readModel } from './config/learned-model.js';
import { loadSettings } from './config/settings.js';
import { readVocabulary } from './config/vocabulary.js';
import { recipientProblems } from '../platform/database/backup/age.js';
import { modelFolderProblems } from '../platform/embedding/model-folder.js';
import { keptKey } from '../platform/secrets/secret-box.js';
import type { Wiring } from './platform.module.js';
import { VERSION } from './version.js';

const ROOT = new URL('../../', import.meta.url);
export const CONFIG_FOLDER = fileURLToPath(new URL('config', ROOT));

/**
 * The content of `config/` and all its problems: the same in every environment. What could not be read is
 * undefined.
 */
export type ConfigFiles = Partial<Pick<Wiring, 'settings' | 'institutes' | 'model'>> & { problems: string[] };

/** Reads the settings, the profiles, the vocabulary, and the learned model. */
export async function readConfigFiles(configDir = CONFIG_FOLDER): Promise<ConfigFiles> {
  const [ids, signals] = await Promise.all([sourceIds(), loadSignals()]);
  const problems: string[] = [];
  const settings = collect(problems, () => loadSettings(configDir, ids));
  const institutes = collect(problems, () => readInstitutes(configDir));
  const vocabulary = collect(problems, () => readVocabulary(configDir));
  // The learned model belongs to the program, not to an installation, so no other folder can have one.
  const learned = collect(problems, () => readModel(CONFIG_FOLDER));
  if (problems.length > 0) return { settings, institutes, problems };
  const { minScore, decisionSpread } = settings!.digest;
  const analyser = sha256(JSON.stringify([ANALYSIS, learned!.vectors.model, vocabulary, STEM_EXCEPTIONS]));
  const fingerprint = sha256(
    JSON.stringify([
      analyser,
      learned!.weights,
      settings!.matching,
      // What is stored, and from which score on an institute is told of a call.
      [minScore, decisionSpread],
      signals.map(({ id, order, rules, sum }) => ({ id, order, rules, units: sum?.units })),
    ]),
  );
  return {
    settings,
    institutes,
    problems,
    model: { ...learned!, terminology: Terminology.fromVocabularies(vocabulary!), fingerprint, analyser },
  };
}

/**
 * Reads and validates a process's whole configuration: the environment and `config/`. Throws one ConfigError
 * with all problems, so that nobody fixes one only to meet the next.
 */
export async function readWiring(
  variables: NodeJS.ProcessEnv,
  role: Role,
  files?: ConfigFiles,
): Promise<Wiring> {
  const [ids, { problems: ofFiles, settings, institutes, model }] = [
    await sourceIds(),
    files ?? (await readConfigFiles()),
  ];
  const problems: string[] = [];
  const env = collect(problems, () => readEnvironment(variables, role));
  problems.push(...ofFiles);
  if (env) collect(problems, () => keptKey(env.DATA_DIR));
  if (env && settings)
    problems.push(
      ...signOnProblems(settings.signOn, env.SIGN_ON_SECRETS),
      ...policyProblems(settings.signIn.passkeys, env.PUBLIC_URL),
    );
  problems.push(...(await recipientProblems(env?.BACKUP_RECIPIENTS)));
  problems.push(...modelFolderProblems(variables['EMBEDDING_MODEL_DIR']?.trim() || undefined));
  const strange = (variables['SOURCES']?.match(/[^\s,]+/g) ?? []).filter((id) => !ids.includes(id));
  refuse([
    ...problems,
    ...strange.map((id) => `SOURCES contains "${id}": unknown source. Fix: Use one of ${ids.join(', ')}.`),
  ]);
  const all = await loadSources(
    settings!.sources,
    { search: env!.FUNDING_TENDERS_URL, list: env!.FUNDING_TENDERS_DATA_URL },
    env!.SOURCES,
  );
  const sources = env!.SOURCES ? all.filter((s) => env!.SOURCES!.includes(s.id)) : all;
  return {
    env: env!,
    settings: settings!,
    institutes: institutes!,
    model: model!,
    sources,
    channels: await loadChannels(),
    version: VERSION,
    works: role !== 'api',
  };
}

/** Returns the result of `read`; undefined if it finds problems, which are added to the others. */
function collect<T>(problems: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
