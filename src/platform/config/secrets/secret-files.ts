import { readFileSync } from 'node:fs';

const SUFFIX = '_FILE';
export const fileNameOf = (name: string): string => `${name}${SUFFIX}`;

/**
 * Returns the variables, with each secret named by a `…_FILE` read from that file, as containers provide
 * them; and the problems with that.
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
