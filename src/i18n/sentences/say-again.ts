import type { Language } from '../../kernel/language.js';
import { spaced } from '../../kernel/one-line.js';
import { translateTo } from '../translate.js';
import { DELIVERY_SENTENCES } from './fr/deliveries.js';
import { SENTENCES } from './fr/problems.js';
import { YAML_SENTENCES } from './fr/yaml.js';
import { translatorOf, type Sentences } from './templates.js';

/**
 * Sentences that were written in English where they came about: of errors, of lines of YAML, of deliveries. A
 * log, a row and a program get them so; a reader of another language gets what that language's catalogue says
 * for them. A further language adds its own.
 */
const CATALOGUES: Record<'problem' | 'yaml' | 'delivery', Partial<Record<Language, Sentences>>> = {
  problem: { fr: SENTENCES },
  // What a schema's author says of a value stands among the sentences of problems.
  yaml: { fr: { ...YAML_SENTENCES, ...SENTENCES } },
  delivery: { fr: DELIVERY_SENTENCES },
};

/** A value in the quotes of English, in those of that language. */
export const requoted = (language: Language, value: string): string =>
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

/** What was said in English, in that language; undefined where its catalogue does not have it. */
export function sayAgain(
  kind: keyof typeof CATALOGUES,
  text: string,
  language: Language,
): string | undefined {
  const said = translators.get(`${kind} ${language}`)?.(text);
  return said === undefined ? undefined : spaced(said, language);
}
