import { IntlMessageFormat } from 'intl-messageformat';
import { Language, LOCALES } from '../kernel/language.js';
import type { Message } from './message.js';
import { ALL, type MessageKey } from './all.js';

type Values = Record<string, string | number | null>;

/** Each message is parsed once; one without arguments needs no parsing. */
const parsed = new WeakMap<Message, Partial<Record<Language, IntlMessageFormat | string>>>();
const SYNTAX = /[{}'<]/;
/** Number formats used in messages: `{minute, number, two-digits}`. */
const FORMS = { number: { 'two-digits': { minimumIntegerDigits: 2 }, tenths: { maximumFractionDigits: 1 } } };

function read(message: Message, language: Language): IntlMessageFormat | string {
  const text = message[language];
  if (text === undefined) return read(message, 'en');
  return SYNTAX.test(text) ? new IntlMessageFormat(text, LOCALES[language], FORMS) : text;
}

export function sayIn(language: Language, message: Message, values?: Values): string {
  let known = parsed.get(message);
  if (!known) parsed.set(message, (known = {}));
  const said = (known[language] ??= read(message, language));
  return typeof said === 'string' ? said : String(said.format(values));
}

/** Returns a text by its key; plurals, numbers and word order are up to the message. */
type Says<Key extends string> = (key: Key, values?: Values) => string;
export type Translate = Says<MessageKey>;

/**
 * Returns the message of a key. A key built from stored data may name what only a newer version knows: then a
 * neutral one, for `call.kind.x` that of `call.kind.*`.
 */
function messageOf(all: Record<string, Message>, key: string): Message {
  if (Object.hasOwn(all, key)) return all[key]!;
  const neutral = `${key.slice(0, key.lastIndexOf('.'))}.*`;
  return Object.hasOwn(all, neutral) ? all[neutral]! : ALL['text.other'];
}

/** Returns a catalogue's texts in one language; each plug-in has a catalogue of its own. */
export const translator =
  <M extends Record<string, Message>>(all: M) =>
  (language: Language): Says<keyof M & string> =>
  (key, values) =>
    sayIn(language, messageOf(all, key), values);

/** Returns the texts in one language. */
export const translateTo: (language: Language) => Translate = translator(ALL);

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(ALL, key);

/**
 * Returns the text for a key built from stored data, which may be older than the texts; `otherwise` if there
 * is none.
 */
export const storedText = (language: Language, key: string, otherwise: string): string =>
  isMessageKey(key) ? translateTo(language)(key) : otherwise;

/** Returns a text in every language, for a later choice or for reading back in any of them. */
export const inEachLanguage = <T>(say: (language: Language) => T): Record<Language, T> =>
  Object.fromEntries([...Language.options].sort().map((language) => [language, say(language)])) as Record<
    Language,
    T
  >;

/** Returns a text without arguments in every language. */
export const inEach = (key: MessageKey): Record<Language, string> =>
  inEachLanguage((language) => translateTo(language)(key));
