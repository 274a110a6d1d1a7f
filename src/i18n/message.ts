/** One text in both languages, as an ICU message (https://unicode-org.github.io/icu/userguide/format_parse/messages/). */
export interface Message {
  en: string;
  fr: string;
}

/** The texts of one part. A key in one language only does not compile. */
export const messages = <M extends Record<string, Message>>(all: M): M => all;
