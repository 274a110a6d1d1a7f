import { STATUS_CODES } from 'node:http';
import { sayAgain } from '../../i18n/sentences/say-again.js';
import { storedText } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { isZodsOwn } from '../config/explain-issue.js';
import { issueWords, type IssueLike } from './issue-words.js';

/**
 * A sentence of a problem in the reader's language; as it is where it is not known in it, as what a library
 * said.
 */
export const sentenceIn = (text: string, language: Language): string =>
  sayAgain('problem', text, language) ?? text;

/** Whether the message is zod's own: of a finished issue, which no longer has its input. */
function isOwn({ message = '', ...issue }: IssueLike): boolean {
  if (issue.code === undefined || issue.code === 'custom') return false;
  return issue.code === 'invalid_type'
    ? message.startsWith('Invalid input: expected ')
    : isZodsOwn({ ...issue, message });
}

/** What a schema says is wrong, in a language other than its own. */
export const issueIn = (issue: IssueLike, language: Language): string =>
  (isOwn(issue) ? issueWords(issue, language) : undefined) ?? sentenceIn(issue.message ?? '', language);

/** The name of a state of HTTP, as its readers know it. */
export const titleIn = (status: number, language: Language): string =>
  storedText(language, `problem.title.${status}`, STATUS_CODES[status] ?? 'Error');
