import type { Language } from '../kernel/language.js';

/**
 * One text as an ICU message in each language
 * (https://unicode-org.github.io/icu/userguide/format_parse/messages/). A further language may lack some:
 * these are said in English.
 */
export type Message = { en: string } & Partial<Record<Language, string>>;

/** The texts of one part. A key in English or French only does not compile. */
export const messages = <M extends Record<string, Message & { fr: string }>>(all: M): M => all;

/** Texts for the operators, to whom logs, commands and mails speak English. */
export const operatorTexts = <M extends Record<string, string>>(
  all: M,
): { [Key in keyof M]: { en: string } } =>
  Object.fromEntries(Object.entries(all).map(([key, en]) => [key, { en }])) as {
    [Key in keyof M]: { en: string };
  };
