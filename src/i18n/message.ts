import type { Language } from '../kernel/language.js';

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
