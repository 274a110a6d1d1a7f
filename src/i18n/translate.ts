import { IntlMessageFormat } from 'intl-messageformat';
import { Language, LOCALES } from '../kernel/language.js';
import { ALL, type MessageKey } from './all.js';
import type { Message } from './message.js';

type Values = Record<string, string | number | null>;
/** Says a text by its key: plurals, numbers and the order of words are the message's own. */
type Says<Key extends string> = (key: Key, values?: Values) => string;
export type Translate = Says<MessageKey>;

/** A message is read once; of one without arguments there is nothing to read. */
const parsed = new WeakMap<Message, Partial<Record<Language, IntlMessageFormat | string>>>();
const SYNTAX = /[{}'<]/;
/** Forms of a number that a message names: `{minute, number, two-digits}`. */
const FORMS = { number: { 'two-digits': { minimumIntegerDigits: 2 }, tenths: { maximumFractionDigits: 1 } } };

function read(message: Message, language: Language): IntlMessageFormat | string {
  const text = message[language];
  if (text === undefined) return read(message, 'en');
  return SYNTAX.test(text) ? new IntlMessageFormat(text, LOCALES[language], FORMS) : text;
}

/** What a message says in a language. */
export function sayIn(language: Language, message: Message, values?: Values): string {
  let known = parsed.get(message);
  if (!known) parsed.set(message, (known = {}));
  const said = (known[language] ??= read(message, language));
  return typeof said === 'string' ? said : String(said.format(values));
}

/** The texts of a catalogue in one language; what is plugged in has a catalogue of its own. */
export const translator =
  <M extends Record<string, Message>>(all: M) =>
  (language: Language): Says<keyof M & string> =>
  (key, values) =>
    sayIn(language, all[key]!, values);

/** The texts in one language. */
export const translateTo: (language: Language) => Translate = translator(ALL);

/** Whether there is a text by this key. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(ALL, key);

/**
 * The text by a key that is made of what is stored, which may be older than the texts; `otherwise` where
 * there is none by it.
 */
export const storedText = (language: Language, key: string, otherwise: string): string =>
  isMessageKey(key) ? translateTo(language)(key) : otherwise;

/** What is said in every language: where it is chosen later, or read back in whichever. */
export const inEachLanguage = <T>(say: (language: Language) => T): Record<Language, T> =>
  Object.fromEntries([...Language.options].sort().map((language) => [language, say(language)])) as Record<
    Language,
    T
  >;

/** A text without arguments in every language. */
export const inEach = (key: MessageKey): Record<Language, string> =>
  inEachLanguage((language) => translateTo(language)(key));
