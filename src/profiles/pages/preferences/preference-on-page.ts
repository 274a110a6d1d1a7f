import type { ComponentChildren } from 'preact';
import type { Preferences } from '../../domain/preferences.js';
import type { Language } from '../../../kernel/language.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { Errors } from '../form-errors.js';

/**
 * What stands in the fields of preferences by their names: a text as it was typed, or the choices that were
 * made.
 */
export type PreferenceFields = Record<string, string | string[]>;

interface Asked {
  v: Viewer;
  fields: PreferenceFields;
  /** What is wrong, by its path inside the preferences. */
  errors: Errors;
}

/** One preference on the pages of a profile. */
export interface PreferenceOnPage {
  /** Its fields as the saved preferences fill them. */
  fields: (saved: Preferences | undefined, language: Language) => PreferenceFields;
  /** What its fields say, for the schema to judge. */
  read: (fields: PreferenceFields, saved: Preferences | undefined) => object;
  inputs: (asked: Asked) => ComponentChildren;
  /** Whether its inputs are so short that they stand beside those of others. */
  short?: true;
  /** For those who do not change it: names with what they say. */
  facts: (p: Preferences, v: Viewer) => [string, ComponentChildren][];
  /**
   * What the schema finds wrong at a path inside the preferences, in the reader's language; null where it
   * says something else.
   */
  mistake?: (path: string, v: Viewer) => string | null;
}

export const textIn = (fields: PreferenceFields, name: string): string =>
  [fields[name] ?? ''].flat()[0] ?? '';
export const listIn = (fields: PreferenceFields, name: string): string[] => [fields[name] ?? []].flat();

const LINES = /[\r\n]+/;

/**
 * One a line; a line with semicolons, or commas with a space behind, is a list that was pasted, unless it is
 * `kept`: saved just so. "1,2,4-triazole" is one word.
 */
export const words = (text: string, kept: ReadonlySet<string> = new Set()): string[] => {
  const lines = text
    .split(LINES)
    .map((line) => line.trim())
    .flatMap((line) => (kept.has(line) ? [line] : line.split(/;|,\s/).map((word) => word.trim())));
  return [...new Set(lines.filter(Boolean))];
};

const DIGITS = /^\d+$/;
/** Three digits each behind a comma, a point or a space, the same one throughout. */
const GROUPED = /^\d{1,3}([,. \u00a0\u202f])\d{3}(?:\1\d{3})*$/;

/**
 * A whole number: "500000", "500 000", "500,000", "500.000". What could be read in two ways, as "1,5", stays
 * text and is refused; so does what is none.
 */
const whole = (text: string): number | string =>
  DIGITS.test(text) || GROUPED.test(text) ? Number(text.replace(/\D/g, '')) : text;

/** A number as it stands in its field; one that is not stated is none. */
export const shownNumber = (n: number | undefined): string => (n === undefined ? '' : String(n));

/** A number out of its field; one that stands there as it was saved is the saved one. */
const maybe = (text: string, saved: number | undefined): number | string | undefined =>
  text === '' ? undefined : text === shownNumber(saved) ? saved : whole(text);

/** A number by its key; without it where the field is empty. */
export function numberAs(key: string, text: string, saved: number | undefined): object {
  const number = maybe(text, saved);
  return number === undefined ? {} : { [key]: number };
}

/** A list by its key; without it where nothing is in it. */
export const listAs = (key: string, list: string[]): object => (list.length ? { [key]: list } : {});

/** A range out of two fields, `…Min` and `…Max`; nothing where both are empty. */
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
