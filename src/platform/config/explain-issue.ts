import { z } from 'zod';
import { type Expectation, expectationAt, inWords } from './expectation.js';
import { nearest } from '../../kernel/nearest.js';

type Fix = (expected: Expectation, value: unknown) => string | undefined;

/** Returns how to fix a wrong value. Covers the slips that YAML invites: quotes, colons, commas, dashes. */
function fixOf(expected: Expectation | undefined, value: unknown, withExpectation: boolean): string {
  const special = expected && fixes.map((fix) => fix(expected, value)).find((text) => text !== undefined);
  if (special) return special;
  if (expected?.description) return `Write ${expected.description.replace(/\.$/, '')}.`;
  return withExpectation && expected ? `Write ${inWords(expected)}.` : 'Correct what stands here.';
}

const emptyValue: Fix = (expected, value) =>
  value === null ? `Write ${inWords(expected)}, or remove the line.` : undefined;

const choice: Fix = (expected, value) => {
  if (!expected.enum) return undefined;
  const meant = typeof value === 'string' ? nearest(value, expected.enum.map(String)) : undefined;
  return meant === undefined ? `Write ${inWords(expected)}.` : `Did you mean ${meant}?`;
};

const text: Fix = (expected, value) => {
  if (expected.type !== 'string' || expected.enum) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return `Put it in quotes: "${value}".`;
  if (Array.isArray(value)) return 'Write one text here, not a list.';
  if (typeof value === 'object')
    return 'If it is one text with a colon in it, put it in quotes: "left: right".';
  if (expected.format === 'email') return 'Write it as name@example.org.';
  return typeof value === 'string' ? textSize(expected, value) : undefined;
};

function textSize(expected: Expectation, value: string): string | undefined {
  if (expected.maxLength !== undefined && value.length > expected.maxLength) {
    return `Shorten it by ${value.length - expected.maxLength} characters.`;
  }
  const short = expected.minLength !== undefined && value.trim().length < expected.minLength;
  return short ? `Write at least ${expected.minLength} characters, or remove the line.` : undefined;
}

const number: Fix = (expected, value) => {
  if (expected.type !== 'number' && expected.type !== 'integer') return undefined;
  const written = typeof value === 'string' ? value.trim() : '';
  if (/^-?\d+,\d+$/.test(written))
    return `Write it with a point and not a comma: ${written.replace(',', '.')}.`;
  if (/^-?\d+(\.\d+)?$/.test(written)) return `Write it without quotes: ${written}.`;
  return `Write ${inWords(expected)}.`;
};

const yesOrNo: Fix = (expected, value) => {
  if (expected.type !== 'boolean') return undefined;
  const word = String(value).toLowerCase();
  if (['yes', 'on', 'oui', 'true', '1'].includes(word)) return 'Write true, without quotes.';
  if (['no', 'off', 'non', 'false', '0'].includes(word)) return 'Write false, without quotes.';
  return 'Write true or false, without quotes.';
};

const list: Fix = (expected, value) => {
  if (expected.type !== 'array') return undefined;
  if (!Array.isArray(value)) return 'Write a list: each entry on a line of its own that begins with "- ".';
  const { minItems = 0, maxItems = Infinity } = expected;
  if (value.length < minItems) return `Add at least ${minItems - value.length} more.`;
  return value.length > maxItems ? `Remove ${value.length - maxItems}.` : undefined;
};

const map: Fix = (expected, value) => {
  if (expected.type !== 'object') return undefined;
  const keys = Object.keys(expected.properties ?? {});
  const known = keys.length > 0 ? ` Known here: ${keys.join(', ')}.` : '';
  const dash = Array.isArray(value) ? 'without the leading "- "' : 'indented below it';
  return `Write "key: value" lines, ${dash}.${known}`;
};

const fixes: Fix[] = [emptyValue, choice, text, number, yesOrNo, list, map];

/** A zod issue in words for a person: what is wrong (to follow the name of the place) and how to fix it. */
export interface Explained {
  path: PropertyKey[];
  problem: string;
  fix: string;
}

type Issue = z.core.$ZodIssue;

/**
 * The new names of renamed settings, by their old path: each must be renamed by hand, since it would
 * otherwise have no effect.
 */
const RENAMED: Record<string, string> = {
  'harvest.insistRuns': 'confirmAfterRuns',
  'harvest.insistHours': 'confirmAfterHours',
  'harvest.glanceHours': 'quickCheckHours',
  'harvest.glanceMinutes': 'quickCheckMinutes',
  'digest.every': 'frequency',
  telling: 'notifications',
  'telling.ceiling': 'dailyLimit',
  'telling.warnAboveAWeek': 'warnAbovePerWeek',
  'notifications.ceiling': 'dailyLimit',
  'notifications.warnAboveAWeek': 'warnAbovePerWeek',
  'http.pace': 'rateLimit',
  watch: 'monitoring',
};

/** Returns the new name of the key at this path; undefined if it was never renamed. */
const newNameOf = (path: readonly PropertyKey[]): string | undefined => {
  const place = path.map(String).join('.');
  return Object.hasOwn(RENAMED, place) ? RENAMED[place] : undefined;
};

/** Explains a zod issue with what the schema expects there and what was written instead. */
export function explainIssue(issue: Issue, expected: Expectation, data: unknown): Explained[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.flatMap((key) => unknownKey(issue.path, key, expected, data));
  if (issue.code === 'invalid_union') return explainUnion(issue, expected, data);
  if (issue.code === 'invalid_key') return [invalidKey(issue, expected)];
  const value = valueAt(data, issue.path);
  const here = expectationAt(expected, issue.path);
  if (value === undefined) return [missing(issue.path, here)];
  const own = ownMessage({ ...issue, input: value } as Issue);
  const problem =
    own === undefined ? `must be ${inWords(here)}, not ${shown(value)}` : `${own}${itIs(value)}`;
  return [{ path: issue.path, problem, fix: ownFix(issue) ?? fixOf(here, value, own === undefined) }];
}

function unknownKey(path: PropertyKey[], key: string, expected: Expectation, data: unknown): Explained[] {
  const known = Object.keys(expectationAt(expected, path)?.properties ?? {});
  const now = newNameOf([...path, key]);
  if (now !== undefined && known.includes(now)) return renamed([...path, key], now, data);
  const meant = nearest(key, known);
  const choice = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Remove it.';
  const fix = meant === undefined ? choice : `Did you mean "${meant}"? ${choice}`;
  return [{ path: [...path, key], problem: 'is not a known key', fix }];
}

/** Returns the problems of a renamed key and of those inside it, so that all are reported at once. */
function renamed(path: PropertyKey[], now: string, data: unknown): Explained[] {
  const value = valueAt(data, path);
  const inside = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [
    { path, problem: `is now called "${now}"`, fix: `Rename it to "${now}".` },
    ...inside.flatMap((key) => {
      const name = newNameOf([...path, key]);
      return name === undefined ? [] : renamed([...path, key], name, data);
    }),
  ];
}

function missing(path: PropertyKey[], here: Expectation | undefined): Explained {
  const fix = `Add "${String(path.at(-1))}:" with ${inWords(here)}.${about(here)}`;
  return { path, problem: 'is missing', fix };
}

/** If one branch has the right type and fails only inside, its issues are reported; else all branches are. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  expected: Expectation,
  data: unknown,
): Explained[] {
  const inside = issue.errors.find((branch) => branch.length > 0 && branch.every((i) => i.path.length > 0));
  if (inside)
    return inside.flatMap((i) => explainIssue({ ...i, path: [...issue.path, ...i.path] }, expected, data));
  const here = expectationAt(expected, issue.path);
  const value = valueAt(data, issue.path);
  if (value === undefined) return [missing(issue.path, here)];
  const problem = `must be ${inWords(here)}, not ${shown(value)}`;
  return [{ path: issue.path, problem, fix: `Write ${inWords(here)}.${about(here)}` }];
}

function invalidKey(issue: z.core.$ZodIssueInvalidKey, expected: Expectation): Explained {
  const why = issue.issues.map(ownMessage).find((text) => text !== undefined);
  const fix = issue.issues.map(ownFix).find((text) => text !== undefined) ?? 'Write the name differently.';
  const parent = about(expectationAt(expected, issue.path.slice(0, -1)));
  return { path: issue.path, problem: why ?? 'is not a name that can stand here', fix: `${fix}${parent}` };
}

const english = z.locales.en();

/** Whether the message is zod's own, not one by the schema's author. */
export function isZodsOwn(issue: Pick<Issue, 'message'>): boolean {
  const standard = english.localeError(issue as z.core.$ZodRawIssue);
  return issue.message === (typeof standard === 'string' ? standard : standard?.message);
}

/** Returns the message that the schema's author wrote for this rule; undefined if there is only zod's own. */
const ownMessage = (issue: Issue): string | undefined => (isZodsOwn(issue) ? undefined : issue.message);

function ownFix(issue: Issue): string | undefined {
  const fix: unknown = issue.code === 'custom' ? issue.params?.['fix'] : undefined;
  return typeof fix === 'string' ? fix : undefined;
}

/** Returns the schema's description as a sentence, for a fix. */
function about(here: Expectation | undefined): string {
  return here?.description ? ` It is: ${here.description.replace(/\.$/, '')}.` : '';
}

/** Returns a value as quoted in a problem: on one line, truncated if long. */
function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return `something of the kind ${typeof value}`;
  if (value.length <= 60) return JSON.stringify(value);
  return `${JSON.stringify(`${value.slice(0, 50)}…`)} (${value.length} characters)`;
}

const itIs = (value: unknown): string => (typeof value === 'object' ? '' : ` (it is ${shown(value)})`);

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let here = data;
  for (const step of path) {
    here =
      typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[step] : undefined;
  }
  return here;
}
