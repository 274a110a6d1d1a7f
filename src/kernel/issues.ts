import type { issuesTexts } from '../i18n/issues.js';
import type { CodesOf, Facts, FactsOf } from '../i18n/message.js';

type Texts = typeof issuesTexts;
export type IssueCode = CodesOf<'issue', Texts>;

/** What is wrong with one field. The code finds the sentence, with the facts in it. */
export interface FieldIssue {
  path: readonly PropertyKey[];
  code: IssueCode;
  facts: Facts;
  /** In a file that was sent. */
  line?: number;
  /** About the name of the field, not its value. */
  ofName?: boolean;
}

export const wrong = <Code extends IssueCode>(
  path: readonly PropertyKey[],
  code: Code,
  ...[facts = {}]: FactsOf<Texts[`issue.${Code}`]['en']>
): FieldIssue => ({ path, code, facts });

const OURS = 'issue.';

/** How a rule of a schema names what is wrong: `.refine(fits, issue('no-word'))`. */
export const issue = <Code extends IssueCode>(
  code: Code,
  ...[facts = {}]: FactsOf<Texts[`issue.${Code}`]['en']>
): { error: string; params: Facts } => ({ error: `${OURS}${code}`, params: facts });

/** The same in a rule that finds the facts itself: `rule.addIssue(issueAt([i], 'named-twice', { id }))`. */
export const issueAt = <Code extends IssueCode>(
  path: PropertyKey[],
  code: Code,
  ...[facts = {}]: FactsOf<Texts[`issue.${Code}`]['en']>
) => ({ code: 'custom' as const, path, message: `${OURS}${code}`, params: facts });

/** An issue of zod, or of another schema. */
export interface SchemaIssue {
  message: string;
  code?: string | undefined;
  path?: readonly unknown[] | undefined;
}
type Details = SchemaIssue & Record<string, unknown>;

const keyOf = (segment: unknown): PropertyKey =>
  typeof segment === 'object' && segment !== null
    ? (segment as { key: PropertyKey }).key
    : (segment as PropertyKey);

/** Returns the value at a path; undefined if there is none. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let here = data;
  for (const step of path)
    here =
      typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[step] : undefined;
  return here;
}

/** Longer names are none of ours, and are cut. */
export const LONGEST_NAME = 100;

/** Formats a path for people: `competences[1].weight`. */
export function pathInWords(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    const name = String(step);
    if (name.length > LONGEST_NAME) return `[${JSON.stringify(`${name.slice(0, LONGEST_NAME)}…`)}]`;
    // A parameter that is given several times may end in brackets.
    return /^[\w-]+(\[\])?$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  });
  return steps.join('').replace(/^\./, '');
}

/** Returns what a schema says is wrong with an input. */
export function issuesOf(issues: readonly SchemaIssue[], input: unknown): FieldIssue[] {
  return (issues as readonly Details[]).flatMap((found) => {
    const path = (found.path ?? []).map(keyOf);
    if (found.code === 'unrecognized_keys')
      return (found['keys'] as string[]).map((key) => ({
        path: [...path, key],
        code: 'unknown',
        // Of a file, the known names (`readYamlText`).
        facts: { known: found.message },
      }));
    const branch = found.code === 'invalid_union' ? meantBranch(found) : undefined;
    if (branch)
      return issuesOf(
        branch.map((inner) => ({ ...inner, path: [...path, ...(inner.path ?? [])] })),
        input,
      );
    return [
      { path, ...said(found, valueAt(input, path)), ...(found.code === 'invalid_key' && { ofName: true }) },
    ];
  });
}

/** The branch of a union that has the right type and fails only inside. */
function meantBranch({ errors = [], message }: Details): SchemaIssue[] | undefined {
  if (message.startsWith(OURS)) return undefined;
  return (errors as SchemaIssue[][]).find(
    (branch) => branch.length > 0 && branch.every(({ path = [] }) => path.length > 0),
  );
}

type Said = Pick<FieldIssue, 'code' | 'facts'>;

function said(found: Details, value: unknown): Said {
  if (found.message.startsWith(OURS))
    return {
      code: found.message.slice(OURS.length) as IssueCode,
      facts: (found['params'] ?? {}) as Facts,
    };
  if (found.code === 'invalid_key') return said((found['issues'] as Details[])[0]!, value);
  return ofSchema(found, value) ?? { code: 'said', facts: { text: found.message } };
}

const FORMATS = ['email', 'uuid', 'url', 'date', 'datetime', 'time'] as const;

/** Numbers have bounds; texts and lists have sizes. */
const unitOf = (origin: unknown): 'string' | 'array' | 'number' =>
  origin === 'string' || origin === 'array' ? origin : 'number';

function ofSchema(found: Details, value: unknown): Said | undefined {
  const { code, origin } = found;
  const n = Number(found['minimum'] ?? found['maximum']);
  const format = FORMATS.find((known) => known === found['format']);
  switch (code) {
    case 'invalid_type':
      return value === undefined
        ? { code: 'required', facts: {} }
        : { code: 'type', facts: { type: String(found['expected']) } };
    case 'too_small':
      if (found['inclusive'] === false) return { code: 'above', facts: { n } };
      return n === 1 && unitOf(origin) !== 'number'
        ? { code: 'empty', facts: {} }
        : { code: `least-${unitOf(origin)}`, facts: { n } };
    case 'too_big':
      if (found['inclusive'] === false) return { code: 'below', facts: { n } };
      return { code: `most-${unitOf(origin)}`, facts: { n } };
    case 'invalid_format':
      return { code: format ? `format-${format}` : 'format', facts: {} };
    case 'invalid_value':
      return { code: 'choice', facts: { values: (found['values'] as unknown[]).map(String).join(', ') } };
    case 'not_multiple_of':
      return { code: 'steps', facts: { n: String(found['divisor']) } };
    case 'invalid_union':
    case 'invalid_element':
      return { code: value === undefined ? 'required' : 'wrong', facts: {} };
    default:
      return undefined;
  }
}
