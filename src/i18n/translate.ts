import { IntlMessageFormat } from 'intl-messageformat';
import { Language } from '../kernel/language.js';
import { ALL, type MessageKey } from './all.js';
import type { Message } from './message.js';

const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };

/** Says a text by its key: plurals, numbers and the order of words are the message's own. */
type Says<Key extends string> = (key: Key, values?: Record<string, string | number | null>) => string;
export type Translate = Says<MessageKey>;

const parsed: Record<Language, WeakMap<Message, IntlMessageFormat>> = {
  en: new WeakMap(),
  fr: new WeakMap(),
};

function formatOf(message: Message, language: Language): IntlMessageFormat {
  const known = parsed[language].get(message) ?? new IntlMessageFormat(message[language], LOCALES[language]);
  parsed[language].set(message, known);
  return known;
}

/** The texts of a catalogue in one language; what is plugged in has a catalogue of its own. */
export const translator =
  <M extends Record<string, Message>>(all: M) =>
  (language: Language): Says<keyof M & string> =>
  (key, values) =>
    String(formatOf(all[key]!, language).format(values));

/** The texts in one language. */
export const translateTo: (language: Language) => Translate = translator(ALL);

/** A text in every language: where it is chosen later, or read back in whichever. */
export const inEach = (key: MessageKey): Record<Language, string> =>
  Object.fromEntries(Language.options.map((language) => [language, translateTo(language)(key)])) as Record<
    Language,
    string
  >;

/** A number as people of that language write it. */
export const numberTo = (language: Language, value: number, digits = 0): string =>
  new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);

/** Making one takes longer than listing by it. */
const lists: Record<Language, Intl.ListFormat> = {
  en: new Intl.ListFormat(LOCALES.en, { type: 'conjunction' }),
  fr: new Intl.ListFormat(LOCALES.fr, { type: 'conjunction' }),
};

/** Things in a row as people of that language list them: "a, b and c". */
export const listTo = (language: Language, all: readonly string[]): string => lists[language].format(all);
