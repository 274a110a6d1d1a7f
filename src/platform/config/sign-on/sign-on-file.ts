import { existsSync } from 'node:fs';
import { InstituteRole } from '../../../kernel/roles.js';
import { join } from 'node:path';
import { z } from 'zod';
import type { SignOnProvider } from '../../../access/domain/sign-on/provider.js';
import { instituteIds } from '../groups.js';
import { readYaml, type YamlFile, type YamlProblem } from '../yaml-file.js';

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
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'is not a mail domain as example.org');
const claimValues = z.array(z.string().min(1).max(300)).max(100).default([]);

const claimValuesByRole = Object.fromEntries(
  InstituteRole.options.map((role) => [role, claimValues]),
) as Record<InstituteRole, typeof claimValues>;

const Provider: z.ZodType<SignOnProvider> = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is not a valid id: use lower-case letters, digits and hyphens'),
  name: z.string().trim().min(1).max(60),
  issuer: z
    .string()
    .max(500)
    .refine(isIssuer, 'is not an https address without ? or # (http is for this machine only)'),
  clientId: z.string().trim().min(1).max(300),
  mailDomains: z.array(domain).min(1).max(50),
  verifiedAddresses: z.enum(['claimed', 'assumed']).default('claimed'),
  institute: z.string().optional(),
  roles: z.strictObject({ claim: z.string().min(1).max(200), ...claimValuesByRole }).optional(),
  required: z.boolean().default(false),
});

const SignOnFile = z.strictObject({ providers: z.array(Provider).max(100).default([]) });
type SignOnFile = z.infer<typeof SignOnFile>;

/** Returns conflicts between well-formed entries, or with the existing institutes. */
function problemsIn(file: YamlFile<SignOnFile>, institutes: readonly string[]): YamlProblem[] {
  const providers = file.value?.providers ?? [];
  const [ids, domains] = [new Map<string, number>(), new Map<string, number>()];
  return providers.flatMap((provider, i) => {
    const problems: YamlProblem[] = [];
    const once = (seen: Map<string, number>, text: string, path: (string | number)[]): void => {
      const before = seen.get(text);
      if (before === undefined) seen.set(text, i);
      else
        problems.push(
          file.problemAt(
            ['providers', i, ...path],
            `"${text}" is of providers[${before}] too`,
            'Write it in one place only.',
          ),
        );
    };
    once(ids, provider.id, ['id']);
    provider.mailDomains.forEach((name, j) => once(domains, name, ['mailDomains', j]));
    const { institute, roles } = provider;
    if (institute !== undefined && !institutes.includes(institute))
      problems.push(
        file.problemAt(
          ['providers', i, 'institute'],
          `"${institute}" is no profile in institutes/`,
          'Write the id of an institute.',
        ),
      );
    if (roles && institute === undefined)
      problems.push(
        file.problemAt(
          ['providers', i, 'roles'],
          'roles are given within one institute',
          'Name the institute, or leave roles out.',
        ),
      );
    return problems;
  });
}

/** Reads sign-on.yaml, which is optional; its problems are reported with those of the other files. */
export function readSignOn(configDir: string): { providers: SignOnProvider[]; problems: YamlProblem[] } {
  const path = join(configDir, 'sign-on.yaml');
  if (!existsSync(path)) return { providers: [], problems: [] };
  const file = readYaml<SignOnFile>(path, SignOnFile, { whenEmpty: {} });
  return {
    providers: file.value?.providers ?? [],
    problems: [...file.problems, ...problemsIn(file, instituteIds(configDir))],
  };
}
