import type { SignOnProvider } from '../../../access/domain/sign-on/provider.js';
import { rule } from '../environment-rules.js';

const PAIR = /^([a-z][a-z0-9-]*)=(\S+)$/;
const partsOf = (value: string): string[] => value.split(/\s+/).filter(Boolean);

export const SignOnVariables = {
  SIGN_ON_SECRETS: rule(
    (value) => partsOf(value).every((pair) => PAIR.test(pair)),
    'must be pairs of a provider and its client secret',
    'Write it as cetim=the-secret, with a blank or a new line between several.',
  )
    .transform((value) => new Map(partsOf(value).map((pair) => [PAIR.exec(pair)![1]!, PAIR.exec(pair)![2]!])))
    .optional()
    .describe(
      'The client secrets of the providers in config/sign-on.yaml, each as id=secret, separated by spaces or new lines.',
    ),
};

/** Returns providers without a secret, and secrets without a provider. */
export function signOnProblems(
  providers: readonly Pick<SignOnProvider, 'id'>[],
  secrets: ReadonlyMap<string, string> = new Map(),
): string[] {
  const known = providers.map(({ id }) => id);
  return [
    ...known
      .filter((id) => !secrets.has(id))
      .map(
        (id) =>
          `SIGN_ON_SECRETS has no secret of "${id}", which config/sign-on.yaml names. Fix: Add ${id}=… with the secret that the provider gave.`,
      ),
    ...[...secrets.keys()]
      .filter((id) => !known.includes(id))
      .map(
        (id) =>
          `SIGN_ON_SECRETS names "${id}": unknown provider. Fix: Add it to config/sign-on.yaml, or leave its secret out.`,
      ),
  ];
}
