import { frenchSpaces } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import type { YamlProblem } from '../config/yaml-file.js';
import { SENTENCES } from './problem-sentences.js';
import { quoted, templatesOf, translated } from './templates.js';
import { YAML_SENTENCES } from './yaml-sentences.js';

/** What a schema's author says of a value stands among the sentences of problems. */
const TEMPLATES = templatesOf({ ...YAML_SENTENCES, ...SENTENCES });
/** Before the value that a schema's author speaks of: "is odd (it is 3)". */
const ITS_VALUE = ' (it is ';

function french(text: string): string {
  const at = text.endsWith(')') ? text.indexOf(ITS_VALUE) : -1;
  if (at < 0) return frenchSpaces(translated(TEMPLATES, text) ?? text);
  const value = text.slice(at + ITS_VALUE.length, -1);
  const said = translated(TEMPLATES, text.slice(0, at));
  return said === undefined
    ? text
    : frenchSpaces(`${said} (valeur : ${translated(TEMPLATES, value) ?? quoted(value)})`);
}

/** What is wrong with a line of YAML and what to do about it, in the language of who reads it. */
export function yamlProblemIn(
  { problem, fix }: YamlProblem,
  language: Language,
): { problem: string; fix: string } {
  return language === 'en' ? { problem, fix } : { problem: french(problem), fix: french(fix) };
}

/** The same on one line, as an answer of the API tells it. */
export function yamlLineIn(p: YamlProblem, language: Language): string {
  const { problem, fix } = yamlProblemIn(p, language);
  return language === 'fr'
    ? `ligne ${p.line ?? 1}\u00a0: ${problem}. Correction\u00a0: ${fix}`
    : `line ${p.line ?? 1}: ${problem}. Fix: ${fix}`;
}
