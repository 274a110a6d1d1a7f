import type { Language } from '../kernel/language.js';

/**
 * One text as an ICU message in each language (https://unicode-org.github.io/icu/userguide/format_parse/messages/). A further language may
 * lack some: these are said in English.
 */
export type Message = Record<'en' | 'fr', string> & Partial<Record<Language, string>>;

/** The texts of one part. A key in English or French only does not compile. */
export const messages = <M extends Record<string, Message>>(all: M): M => all;
