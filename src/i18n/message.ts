import { type Language, LOCALES } from '../kernel/language.js';

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

/**
 * A text as an ICU message in each language
 * (https://unicode-org.github.io/icu/userguide/format_parse/messages/). Further languages may lack some,
 * which are then shown in English.
 */
export type Message = { en: string } & Partial<Record<Language, string>>;

/** The texts of one part. A key in only English or only French does not compile. */
export const messages = <M extends Record<string, Message & { fr: string }>>(all: M): M => all;

/** English-only texts for operators, as in logs, commands and mails. */
export const operatorTexts = <M extends Record<string, string>>(
  all: M,
): { [Key in keyof M]: { en: string } } =>
  Object.fromEntries(Object.entries(all).map(([key, en]) => [key, { en }])) as {
    [Key in keyof M]: { en: string };
  };

/** What stands in a sentence, by the names in its braces. */
export type Facts = Readonly<Record<string, string | number>>;

/** The codes of a catalogue whose keys are `kind.code`. */
export type CodesOf<Kind extends string, All> = keyof All extends infer Key
  ? Key extends `${Kind}.${infer Code}`
    ? Code
    : never
  : never;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** What is to be given with a text: nothing, or a value for each name in braces. */
export type FactsOf<Text> = Text extends `${string}, ${'plural' | 'select' | 'number'}${string}`
  ? [facts: Facts]
  : [NamesIn<Text>] extends [never]
    ? [facts?: Facts]
    : [facts: Facts & Readonly<Record<NamesIn<Text>, string | number>>];
