import { LOCALES, type Language } from '../kernel/language.js';

/** Creating a format takes longer than using it a hundred times, and a list has a hundred amounts. */
function remembered<Format, Kind>(make: (locale: string, kind: Kind) => Format) {
  const made = new Map<string, Format>();
  return (language: Language, kind: Kind): Format => {
    const key = `${language} ${String(kind)}`;
    let format = made.get(key);
    if (!format) made.set(key, (format = make(LOCALES[language], kind)));
    return format;
  };
}

const numbers = remembered(
  (locale, digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
);
const lists = remembered(
  (locale, type: 'conjunction' | 'disjunction') => new Intl.ListFormat(locale, { type }),
);
const names = remembered((locale, type: 'region' | 'language') => new Intl.DisplayNames(locale, { type }));

/** Formats a number in a language. */
export const numberTo = (language: Language, value: number, digits = 0): string =>
  numbers(language, digits).format(value);

/** Formats a list in a language: "a, b and c". */
export const listTo = (language: Language, all: readonly string[]): string =>
  lists(language, 'conjunction').format(all);

/** Formats alternatives in a language: "a, b or c". */
export const choiceTo = (language: Language, all: readonly string[]): string =>
  lists(language, 'disjunction').format(all);

/** Returns the name of a country (ISO 3166-1 code) in a language, or the code if it has no name. */
export const countryTo = (language: Language, code: string): string =>
  names(language, 'region').of(code) ?? code;

/** Returns the name of a language by its code, or the code if it has no name. */
export const languageNameTo = (language: Language, code: string): string =>
  names(language, 'language').of(code) ?? code;

/** The same with an initial capital, as in a list of choices. */
export function languageTitleTo(language: Language, code: string): string {
  const name = languageNameTo(language, code);
  return name.charAt(0).toLocaleUpperCase(LOCALES[language]) + name.slice(1);
}
