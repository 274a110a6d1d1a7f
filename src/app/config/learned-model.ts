import { lineInFile } from '../../i18n/sentences.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WordVectors } from '../../matching/domain/semantic/word-vectors.js';
import { MatchingWeights } from '../../matching/domain/signals/signal-set.js';
import { ConfigError, refuse } from '../../platform/config/config-error.js';
import { displayPath, readYaml } from '../../platform/config/yaml.js';

const TRAIN = 'Take both files from the same release, or make them anew with npm run train.';

/**
 * Reads the trained model: `config/model/vectors.bin` and `weights.yaml`. Throws a ConfigError if one is
 * missing or broken, or if they were not trained together.
 */
export function readModel(configDir: string): { vectors: WordVectors; weights: MatchingWeights } {
  const folder = join(configDir, 'model');
  const { value: weights, problems } = readYaml<MatchingWeights>(
    join(folder, 'weights.yaml'),
    MatchingWeights,
  );
  refuse(problems.map(lineInFile));
  const path = join(folder, 'vectors.bin');
  const vectors = readVectors(path);
  if (vectors.model !== weights!.model)
    throw new ConfigError([
      `${displayPath(path)} is the model ${vectors.model}, and weights.yaml belongs to ${weights!.model}. Fix: ${TRAIN}`,
    ]);
  return { vectors, weights: weights! };
}

function readVectors(path: string): WordVectors {
  try {
    return WordVectors.read(readFileSync(path));
  } catch (error) {
    throw new ConfigError([`${displayPath(path)} cannot be read: ${(error as Error).message} Fix: ${TRAIN}`]);
  }
}
