import { inWords, type Expectation } from './expectation.js';
import { nearest } from '../../kernel/nearest.js';

type Fix = (expected: Expectation, value: unknown) => string | undefined;

/** Returns how to fix a wrong value. Covers the slips that YAML invites: quotes, colons, commas, dashes. */
export function fixOf(expected: Expectation | undefined, value: unknown, withExpectation: boolean): string {
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
