import { IntlMessageFormat } from 'intl-messageformat';
import { Language } from '../kernel/language.js';
import { ALL, type MessageKey } from './all.js';

const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };

export type Translate = (key: MessageKey, values?: Record<string, string | number | null>) => string;

const parsed = new Map<string, IntlMessageFormat>();

function format(key: MessageKey, language: Language): IntlMessageFormat {
  const id = `${language} ${key}`;
  const known = parsed.get(id) ?? new IntlMessageFormat(ALL[key][language], LOCALES[language]);
  parsed.set(id, known);
  return known;
}

/** The texts in one language: plurals, numbers and the order of words are the message's own. */
export const translateTo =
  (language: Language): Translate =>
  (key, values) =>
    String(format(key, language).format(values));

/** A text in every language: where it is chosen later, or read back in whichever. */
export const inEach = (key: MessageKey): Record<Language, string> =>
  Object.fromEntries(Language.options.map((language) => [language, translateTo(language)(key)])) as Record<
    Language,
    string
  >;

/** A number as people of that language write it. */
export const numberTo = (language: Language, value: number, digits = 0): string =>
  new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);

/** Things in a row as people of that language list them: "a, b and c". */
export const listTo = (language: Language, all: readonly string[]): string =>
  new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(all);
