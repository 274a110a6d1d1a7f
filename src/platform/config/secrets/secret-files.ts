import { readFileSync } from 'node:fs';

const SUFFIX = '_FILE';
export const fileNameOf = (name: string): string => `${name}${SUFFIX}`;

/**
 * The variables with each secret that a `…_FILE` names read from there, as containers hand them in; and what
 * is wrong with that.
 */
export function withSecretFiles(
  env: NodeJS.ProcessEnv,
  secrets: readonly string[],
): { env: NodeJS.ProcessEnv; problems: string[] } {
  const [read, problems]: [NodeJS.ProcessEnv, string[]] = [{ ...env }, []];
  for (const name of secrets) {
    const file = env[fileNameOf(name)]?.trim();
    if (!file) continue;
    if (env[name]?.trim())
      problems.push(`${name} and ${fileNameOf(name)} are both set. Fix: Keep one of the two.`);
    else
      try {
        read[name] = readFileSync(file, 'utf8');
      } catch (error) {
        problems.push(
          `${fileNameOf(name)} names a file that cannot be read (${(error as NodeJS.ErrnoException).code}). Fix: Correct the path, or let the user that starts carnot-europe read it.`,
        );
      }
  }
  return { env: read, problems };
}
