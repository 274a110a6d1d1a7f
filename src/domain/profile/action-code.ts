import { z } from 'zod';

/** Types of action by the short names that people use. */
export const ACTION_CODES = ['RIA', 'IA', 'CSA', 'COFUND', 'PCP-PPI', 'MSCA', 'ERC', 'EIC', 'EDF', 'LIFE', 'GRANT', 'PRIZE'] as const;
export const ActionCode = z.enum(ACTION_CODES);
export type ActionCode = z.infer<typeof ActionCode>;

/** The first that fits is taken: "HORIZON EIC Grants" is EIC before it is a grant. */
const FORMS: [ActionCode, RegExp][] = [
  ['MSCA', /\bMSCA\b|Marie Sk/i],
  ['ERC', /\bERC\b/],
  ['EIC', /\bEIC\b/],
  ['PCP-PPI', /pre-?commercial procurement|public procurement of innovative|\bP(?:CP|PI)\b/i],
  ['COFUND', /\bco-?fund/i],
  ['CSA', /coordination and support|\bCSA\b/i],
  ['RIA', /research and innovation action|\bRIA\b/i],
  ['IA', /innovation action|\bIA\b/i],
  ['EDF', /\bEDF\b/],
  ['LIFE', /\bLIFE\b/],
  ['PRIZE', /\bpri[zs]es?\b/i],
  ['GRANT', /\bgrants?\b|\bprojects?\b/i],
];

/** The short names of a call's types of action, as its source writes them; one that is not known has none. */
export const actionCodes = (typesOfAction: readonly string[]): ActionCode[] =>
  [...new Set(typesOfAction.flatMap((type) => FORMS.find(([, form]) => form.test(type))?.[0] ?? []))];
