import { LOCALES, type Language } from '../kernel/language.js';

/** To make a format takes longer than to use it a hundred times, and a list has a hundred amounts. */
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

/** A number as people of that language write it. */
export const numberTo = (language: Language, value: number, digits = 0): string =>
  numbers(language, digits).format(value);

/** Things in a row as people of that language list them: "a, b and c". */
export const listTo = (language: Language, all: readonly string[]): string =>
  lists(language, 'conjunction').format(all);

/** Things of which one is enough: "a, b or c". */
export const choiceTo = (language: Language, all: readonly string[]): string =>
  lists(language, 'disjunction').format(all);

/** A country by its code (ISO 3166-1), as people of that language call it; the code where it has no name. */
export const countryTo = (language: Language, code: string): string =>
  names(language, 'region').of(code) ?? code;

/** A language by its code, as people of that language call it; the code where it has no name. */
export const languageNameTo = (language: Language, code: string): string =>
  names(language, 'language').of(code) ?? code;

/** The same where it stands alone, as in a choice. */
export function languageTitleTo(language: Language, code: string): string {
  const name = languageNameTo(language, code);
  return name.charAt(0).toLocaleUpperCase(LOCALES[language]) + name.slice(1);
}
