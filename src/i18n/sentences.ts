import type { DomainError } from '../kernel/errors.js';
import { pathInWords, type FieldIssue } from '../kernel/issues.js';
import type { Language } from '../kernel/language.js';
import { spaced } from '../kernel/one-line.js';
import { fixTexts, issuesTexts } from './issues.js';
import type { Facts, Message } from './message.js';
import { problemsTexts } from './problems.js';
import { sayIn } from './translate.js';

/** With the no-break spaces that what stands in a sentence may lack. */
const say = (language: Language, text: Message, facts: Facts): string =>
  spaced(sayIn(language, text, facts), language);

/** Says why something cannot be done. */
export const sayProblem = (
  language: Language,
  { code, facts }: Pick<DomainError, 'code' | 'facts'>,
): string => say(language, problemsTexts[`problem.${code}`], facts);

/** Says what is wrong with a field, to follow its name. */
export const sayIssue = (language: Language, { code, facts }: Pick<FieldIssue, 'code' | 'facts'>): string =>
  say(language, issuesTexts[`issue.${code}`], facts);

/** A problem in a file, as `YamlProblem` names it. */
interface InFile extends Pick<FieldIssue, 'path' | 'code' | 'facts'> {
  file: string;
  line: number | null;
  column: number | null;
}

/** Says what is wrong in a file and how to fix it. */
export function sayInFile(
  language: Language,
  found: Pick<InFile, 'code' | 'facts'>,
): { problem: string; fix: string } {
  const { code, facts } = found;
  const said = sayIssue(language, found);
  const fixes: Record<string, Message> = fixTexts;
  return {
    problem: 'kind' in facts ? say(language, fixTexts['yaml.value'], { ...facts, said }) : said,
    fix: say(language, fixes[`fix.${code}`] ?? fixTexts['fix.*'], facts),
  };
}

/** The same with its line, for whoever sent the file. */
export const sayInLine = (language: Language, found: Pick<InFile, 'code' | 'facts'>, line: number): string =>
  say(language, fixTexts['yaml.in-line'], { line, ...sayInFile(language, found) });

/** The same on one line for an operator: `config/x.yaml:14:5 competences[1].weight: must be …. Fix: …` */
export function lineInFile(found: InFile): string {
  const { file, line, column } = found;
  const path = pathInWords(found.path);
  const { problem, fix } = sayInFile('en', found);
  return `${line === null ? file : `${file}:${line}:${column}`}${path && ` ${path}`}: ${problem}. Fix: ${fix}`;
}
