import { STATUS_CODES } from 'node:http';
import { sayAgain } from '../../i18n/sentences/say-again.js';
import { storedText } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { isZodsOwn } from '../config/explain-issue.js';
import { issueWords, type IssueLike } from './issue-words.js';

/**
 * Returns a sentence of a problem in the reader's language; unchanged if it has no translation, such as a
 * library's message.
 */
export const sentenceIn = (text: string, language: Language): string =>
  sayAgain('problem', text, language) ?? text;

/** Whether the message of a finished issue, which no longer has its input, is zod's own. */
function isOwn({ message = '', ...issue }: IssueLike): boolean {
  if (issue.code === undefined || issue.code === 'custom') return false;
  return issue.code === 'invalid_type'
    ? message.startsWith('Invalid input: expected ')
    : isZodsOwn({ ...issue, message });
}

/** Returns what a schema says is wrong, in another language than its own. */
export const issueIn = (issue: IssueLike, language: Language): string =>
  (isOwn(issue) ? issueWords(issue, language) : undefined) ?? sentenceIn(issue.message ?? '', language);

/** Returns the name of a problem in the reader's language: its type's own, or that of its HTTP status. */
export const titleIn = (status: number, type: string, language: Language): string =>
  storedText(
    language,
    `problem.title.${type.slice(type.lastIndexOf(':') + 1)}`,
    storedText(language, `problem.title.${status}`, STATUS_CODES[status] ?? 'Error'),
  );
