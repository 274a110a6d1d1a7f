import { IntlMessageFormat } from 'intl-messageformat';
import { LOCALES, type Language } from '../kernel/language.js';
import type { Message } from './message.js';

export type Values = Record<string, string | number | null>;

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

/** Formats a message in a language. */
export function sayIn(language: Language, message: Message, values?: Values): string {
  let known = parsed.get(message);
  if (!known) parsed.set(message, (known = {}));
  const said = (known[language] ??= read(message, language));
  return typeof said === 'string' ? said : String(said.format(values));
}
