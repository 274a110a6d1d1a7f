import { lineInFile } from '../../i18n/sentences.js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Vocabulary } from '../../profiles/domain/vocabulary.js';
import { refuse } from './config-error.js';
import { plainVocabulary } from './plain-vocabulary.js';
import { displayPath, readYaml } from './yaml.js';

/**
 * Reads the terminology in `vocabulary/`, all files in the order of their names. Throws one ConfigError with
 * all problems of all files. A missing folder is no problem: French words then match only as they are.
 */
export function readVocabulary(configDir: string): Vocabulary[] {
  const folder = join(configDir, 'vocabulary');
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : [];
  const files = names.filter((name) => name.endsWith('.yaml')).map((name) => readOne(join(folder, name)));
  refuse([
    ...names
      .filter((name) => !name.endsWith('.yaml'))
      .map(
        (name) =>
          `${displayPath(join(folder, name))}: only .yaml files are read. Fix: Rename it to end in .yaml, or remove it.`,
      ),
    ...files.flatMap((file) => file.problems),
  ]);
  return files.flatMap(({ value }) => value ?? []);
}

function readOne(path: string): { value: Vocabulary | undefined; problems: string[] } {
  const plain = Vocabulary.safeParse(plainVocabulary(readPlain(path)));
  if (plain.success) return { value: plain.data, problems: [] };
  const { value, problems } = readYaml<Vocabulary>(path, Vocabulary, { whenEmpty: {} });
  return { value, problems: problems.map(lineInFile) };
}

/** What cannot be read this way is left to the full parser, which reports the problems. */
function readPlain(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    return '';
  }
}
