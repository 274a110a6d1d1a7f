import type { Language } from '../../kernel/language.js';
import { spaced } from '../../kernel/one-line.js';
import { translateTo } from '../translate.js';
import { DELIVERY_SENTENCES } from './fr/deliveries.js';
import { translatorOf, type Sentences } from './templates.js';

/**
 * Sentences written in English where they arise: errors, lines of YAML, deliveries. Logs, rows and programs
 * get them unchanged; readers of another language get that language's translation. A further language adds
 * its own catalogue.
 */
const CATALOGUES: Record<'delivery', Partial<Record<Language, Sentences>>> = {
  delivery: { fr: DELIVERY_SENTENCES },
};

/** Replaces English quotation marks around a value with those of the language. */
const requoted = (language: Language, value: string): string =>
  value.replace(/^"(.*)"$/s, (_, text: string) => translateTo(language)('text.quote', { text }));

const translators = new Map(
  Object.entries(CATALOGUES).flatMap(([kind, byLanguage]) =>
    (Object.entries(byLanguage) as [Language, Sentences][]).map(
      ([language, sentences]): [string, ReturnType<typeof translatorOf>] => [
        `${kind} ${language}`,
        translatorOf(sentences, (value) => requoted(language, value)),
      ],
    ),
  ),
);

/** Translates a sentence; undefined if the language's catalogue does not have it. */
export function sayAgain(
  kind: keyof typeof CATALOGUES,
  text: string,
  language: Language,
): string | undefined {
  const said = translators.get(`${kind} ${language}`)?.(text);
  return said === undefined ? undefined : spaced(said, language);
}
