import type { ComponentChildren } from 'preact';
import type { Preferences } from '../../domain/preferences.js';
import type { Language } from '../../../kernel/language.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { Errors } from '../form-errors.js';

/** The values of preference fields by name: a text as typed, or the selected choices. */
export type PreferenceFields = Record<string, string | string[]>;

interface PreferenceInputs {
  v: Viewer;
  fields: PreferenceFields;
  /** The errors, by path inside the preferences. */
  errors: Errors;
}

export interface PreferenceOnPage {
  /** Returns its fields, filled from the saved preferences. */
  fields: (saved: Preferences | undefined, language: Language) => PreferenceFields;
  /** Returns what its fields say, for the schema to validate. */
  read: (fields: PreferenceFields, saved: Preferences | undefined) => object;
  inputs: (asked: PreferenceInputs) => ComponentChildren;
  /** Whether its inputs are short enough to go beside others. */
  short?: true;
  /** For read-only pages: labels and values. */
  facts: (p: Preferences, v: Viewer) => [string, ComponentChildren][];
  /** Returns the schema's error at a path inside the preferences, in the reader's language; else null. */
  mistake?: (path: string, v: Viewer) => string | null;
}

export const textIn = (fields: PreferenceFields, name: string): string =>
  [fields[name] ?? ''].flat()[0] ?? '';
export const listIn = (fields: PreferenceFields, name: string): string[] => [fields[name] ?? []].flat();

const LINES = /[\r\n]+/;

/**
 * Splits a text into entries, one per line; a line with semicolons, or commas followed by a space, is a
 * pasted list, unless it is `kept`: saved exactly so. "1,2,4-triazole" is one entry.
 */
export const words = (text: string, kept: ReadonlySet<string> = new Set()): string[] => {
  const lines = text
    .split(LINES)
    .map((line) => line.trim())
    .flatMap((line) => (kept.has(line) ? [line] : line.split(/;|,\s/).map((word) => word.trim())));
  return [...new Set(lines.filter(Boolean))];
};

const DIGITS = /^\d+$/;
/** Groups of three digits after a comma, a point or a space, always the same one. */
const GROUPED = /^\d{1,3}([,. \u00a0\u202f])\d{3}(?:\1\d{3})*$/;

/**
 * Parses a whole number: "500000", "500 000", "500,000", "500.000". Anything ambiguous ("1,5") or invalid
 * stays text and is rejected.
 */
const whole = (text: string): number | string =>
  DIGITS.test(text) || GROUPED.test(text) ? Number(text.replace(/\D/g, '')) : text;

/** Returns a number as shown in its field; empty if not stated. */
export const shownNumber = (n: number | undefined): string => (n === undefined ? '' : String(n));

/** Parses the number of a field; if it is unchanged, returns the saved one. */
const maybe = (text: string, saved: number | undefined): number | string | undefined =>
  text === '' ? undefined : text === shownNumber(saved) ? saved : whole(text);

/** Returns a number by its key; nothing if the field is empty. */
export function numberAs(key: string, text: string, saved: number | undefined): object {
  const number = maybe(text, saved);
  return number === undefined ? {} : { [key]: number };
}

/** Returns a list by its key; nothing if it is empty. */
export const listAs = (key: string, list: string[]): object => (list.length ? { [key]: list } : {});

/** Returns a range from two fields, `…Min` and `…Max`; nothing if both are empty. */
export function rangeAs(
  key: string,
  fields: PreferenceFields,
  saved: { min?: number | undefined; max?: number | undefined } | undefined,
): object {
  const range = {
    ...numberAs('min', textIn(fields, `${key}Min`), saved?.min),
    ...numberAs('max', textIn(fields, `${key}Max`), saved?.max),
  };
  return Object.keys(range).length ? { [key]: range } : {};
}
