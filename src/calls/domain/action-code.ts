import { z } from 'zod';

/** Types of action by their common names. */
export const ACTION_CODES = [
  'RIA',
  'IA',
  'CSA',
  'COFUND',
  'PCP-PPI',
  'MSCA',
  'ERC',
  'EIC',
  'EDF',
  'LIFE',
  'GRANT',
  'PRIZE',
] as const;
export const ActionCode = z.enum(ACTION_CODES);
export type ActionCode = z.infer<typeof ActionCode>;

const word = (letters: string): string => `(^|[^a-z])(${letters})([^a-z]|$)`;

/**
 * Patterns that identify them in what sources write ("HORIZON-RIA HORIZON Research and Innovation Actions",
 * "HORIZON Innovation Actions", "IA"): lower case, in regular expressions that both JavaScript and PostgreSQL
 * understand. The first match wins: "HORIZON EIC Grants" is EIC before it is a grant, "HORIZON TMA MSCA
 * Cofund" is MSCA, and research and innovation actions are not innovation actions.
 */
export const ACTION_FORMS: readonly { code: ActionCode; form: string }[] = [
  { code: 'MSCA', form: `${word('msca')}|marie sk` },
  { code: 'ERC', form: word('erc') },
  { code: 'EIC', form: word('eic') },
  {
    code: 'PCP-PPI',
    form: `pre-?commercial procurement|public procurement of innovative|${word('pcp|ppi')}`,
  },
  { code: 'COFUND', form: '(^|[^a-z])co-?fund' },
  { code: 'CSA', form: `coordination and support action|${word('csa')}` },
  { code: 'RIA', form: `research and innovation action|${word('ria')}` },
  { code: 'IA', form: `innovation action|${word('ia')}` },
  { code: 'EDF', form: word('edf') },
  { code: 'LIFE', form: '(^|-)life([^a-z]|$)' },
  { code: 'PRIZE', form: word('pri[zs]es?') },
  { code: 'GRANT', form: word('(grant|project)s?') },
];

const READERS = ACTION_FORMS.map(({ code, form }) => ({ code, form: new RegExp(form) }));

const codeOf = (type: string): ActionCode | null =>
  READERS.find(({ form }) => form.test(type.toLowerCase()))?.code ?? null;

/** Returns the codes of a call's types of action, as its source writes them; unknown types are skipped. */
export const actionCodes = (typesOfAction: readonly string[]): ActionCode[] => [
  ...new Set(typesOfAction.flatMap((type) => codeOf(type) ?? [])),
];

/**
 * The codes that are sufficient on their own. The others are generic kinds: a grant also needs its
 * programme's name.
 */
export const ACTION_SHORTS = [
  'RIA',
  'IA',
  'CSA',
  'COFUND',
  'PCP-PPI',
  'MSCA',
  'ERC',
  'EIC',
] as const satisfies readonly ActionCode[];
export type ActionShort = (typeof ACTION_SHORTS)[number];

/** Returns the short name of a type of action; null if it has none and must be written out. */
export function actionShort(type: string): ActionShort | null {
  const code = codeOf(type);
  return ACTION_SHORTS.find((short) => short === code) ?? null;
}
