import { existsSync } from 'node:fs';
import { InstituteRole } from '../../../kernel/roles.js';
import { join } from 'node:path';
import { z } from 'zod';
import { issue, wrong, type FieldIssue } from '../../../kernel/issues.js';
import type { SignOnProvider } from '../../../access/domain/sign-on/provider.js';
import { instituteIds, noInstitute } from '../groups.js';
import { readYaml, type YamlFile, type YamlProblem } from '../yaml.js';

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

const Provider: z.ZodType<SignOnProvider> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, issue('id')),
  name: z.string().trim().min(1).max(60),
  issuer: z.string().max(500).refine(isIssuer, issue('issuer')),
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
  const once = (
    seen: Map<string, number>,
    text: string,
    path: (string | number)[],
    i: number,
  ): FieldIssue[] => {
    const first = seen.get(text);
    if (first === undefined) seen.set(text, i);
    return first === undefined
      ? []
      : [wrong(['providers', i, ...path], 'of-other-provider', { text, first })];
  };
  return providers
    .flatMap(({ id, mailDomains, institute, roles }, i) => [
      ...once(ids, id, ['id'], i),
      ...mailDomains.flatMap((name, j) => once(domains, name, ['mailDomains', j], i)),
      ...(institute !== undefined && !institutes.includes(institute)
        ? [noInstitute(['providers', i, 'institute'], institute, institutes)]
        : []),
      ...(roles && institute === undefined
        ? [wrong(['providers', i, 'roles'], 'roles-without-institute')]
        : []),
    ])
    .map(file.problemAt);
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
