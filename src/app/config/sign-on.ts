import { z } from 'zod';
import type { SignOnProvider } from '../../kernel/sign-on.js';
import { issue, issueAt } from '../../kernel/issues.js';
import { InstituteRole } from '../../kernel/actor.js';
import { instituteOf } from './groups.js';

/**
 * Whether a text is an issuer (OpenID Connect Discovery 1.0, section 3): https without query or fragment;
 * http on this machine only, for trials.
 */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const plain = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return plain && (url.protocol === 'https:' || (url.protocol === 'http:' && here));
}

const domain = z
  .string()
  .toLowerCase()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, issue('mail-domain'));
const claimValues = z.array(z.string().min(1).max(300)).max(100).default([]);

const claimValuesByRole = Object.fromEntries(
  InstituteRole.options.map((role) => [role, claimValues]),
) as Record<InstituteRole, typeof claimValues>;

const providerOf = (institutes: readonly string[]) =>
  z
    .strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, issue('id')),
      name: z.string().trim().min(1).max(60),
      issuer: z.string().max(500).refine(isIssuer, issue('issuer')),
      clientId: z.string().trim().min(1).max(300),
      mailDomains: z.array(domain).min(1).max(50),
      verifiedAddresses: z.enum(['claimed', 'assumed']).default('claimed'),
      institute: instituteOf(institutes).optional(),
      roles: z.strictObject({ claim: z.string().min(1).max(200), ...claimValuesByRole }).optional(),
      required: z.boolean().default(false),
    })
    .refine(({ roles, institute }) => !roles || institute !== undefined, {
      path: ['roles'],
      ...issue('roles-without-institute'),
    });

/** `config/sign-on.yaml`: an id and a mail domain are of one provider. */
export const SignOnFile = (institutes: readonly string[]): z.ZodType<{ providers: SignOnProvider[] }> =>
  z.strictObject({
    providers: z
      .array(providerOf(institutes))
      .max(100)
      .default([])
      .superRefine((providers, rule) => {
        const seen = new Map<string, number>();
        const once = (kind: string, text: string, i: number, path: PropertyKey[]): void => {
          const first = seen.get(`${kind} ${text}`) ?? i;
          seen.set(`${kind} ${text}`, first);
          if (first < i) rule.addIssue(issueAt([i, ...path], 'of-other-provider', { first }));
        };
        for (const [i, { id, mailDomains }] of providers.entries()) {
          once('id', id, i, ['id']);
          for (const [j, name] of mailDomains.entries()) once('domain', name, i, ['mailDomains', j]);
        }
      }),
  });

/** Returns providers without a secret, and secrets without a provider. */
export function signOnProblems(
  providers: readonly Pick<SignOnProvider, 'id'>[],
  secrets: ReadonlyMap<string, string> = new Map(),
): string[] {
  const known = providers.map(({ id }) => id);
  const without = known.filter((id) => !secrets.has(id));
  const unknown = [...secrets.keys()].filter((id) => !known.includes(id));
  return [
    ...without.map(
      (id) =>
        `SIGN_ON_SECRETS has no secret of "${id}", which config/sign-on.yaml names. Fix: Add ${id}=… with the secret that the provider gave.`,
    ),
    ...unknown.map(
      (id) =>
        `SIGN_ON_SECRETS names "${id}": unknown provider. Fix: Add it to config/sign-on.yaml, or leave its secret out.`,
    ),
  ];
}
