import { requoted, sayAgain } from '../../i18n/sentences/say-again.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { spaced } from '../../kernel/one-line.js';
import type { YamlProblem } from '../config/yaml-file.js';

/** Precedes the value in a message by a schema's author: "is odd (it is 3)". */
const ITS_VALUE = ' (it is ';

function saidIn(language: Language, text: string): string {
  const again = (said: string): string | undefined => sayAgain('yaml', said, language);
  const at = text.endsWith(')') ? text.indexOf(ITS_VALUE) : -1;
  if (at < 0) return again(text) ?? spaced(text, language);
  const said = again(text.slice(0, at));
  const value = text.slice(at + ITS_VALUE.length, -1);
  return said === undefined
    ? text
    : spaced(
        translateTo(language)('problem.its-value', {
          said,
          value: again(value) ?? requoted(language, value),
        }),
        language,
      );
}

/** Returns what is wrong with a line of YAML and how to fix it, in the reader's language. */
export const yamlProblemIn = (
  { problem, fix }: YamlProblem,
  language: Language,
): { problem: string; fix: string } =>
  language === 'en' ? { problem, fix } : { problem: saidIn(language, problem), fix: saidIn(language, fix) };

/** Returns the same on one line, for API responses. */
export const yamlLineIn = (p: YamlProblem, language: Language): string =>
  translateTo(language)('problem.yaml-line', { line: p.line ?? 1, ...yamlProblemIn(p, language) });
