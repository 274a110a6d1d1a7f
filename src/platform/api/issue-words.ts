import { z } from 'zod';
import { storedText, translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { spaced } from '../../kernel/one-line.js';

/** What is wrong with a value, as far as the schema uses zod's own words and not its author's. */
export type IssueLike = Partial<Omit<z.core.$ZodRawIssue, 'code'>> & {
  code?: string | undefined;
  message?: string | undefined;
};

/** Numbers have bounds; texts and lists have sizes. */
function ofSize(issue: IssueLike, bound: unknown, which: 'least' | 'most', language: Language): string {
  const t = translateTo(language);
  const n = Number(bound);
  const unit = issue.origin === 'string' || issue.origin === 'array' ? issue.origin : 'number';
  return which === 'least' && n === 1 && unit !== 'number'
    ? t('issue.empty')
    : t(`issue.${which}.${unit}`, { n });
}

/** "Invalid input: expected string, received undefined": a finished issue no longer has its input. */
const isMissing = ({ input, message }: IssueLike): boolean =>
  message === undefined ? input === undefined : message.endsWith('received undefined');

function wordsOf(issue: IssueLike, language: Language): string | undefined {
  const t = translateTo(language);
  switch (issue.code) {
    case 'invalid_type': {
      const expected = String(issue.expected);
      return isMissing(issue)
        ? t('issue.required')
        : t('issue.type', { type: storedText(language, `issue.type.${expected}`, expected) });
    }
    case 'too_small':
      return ofSize(issue, issue.minimum, 'least', language);
    case 'too_big':
      return ofSize(issue, issue.maximum, 'most', language);
    case 'invalid_format':
      return storedText(language, `issue.format.${String(issue.format)}`, t('issue.format'));
    case 'invalid_value':
      return t('issue.choice', {
        values: ((issue.values as unknown[] | undefined) ?? []).map(String).join(', '),
      });
    case 'not_multiple_of':
      return t('issue.steps', { n: String(issue.divisor) });
    case 'unrecognized_keys':
      return t('issue.unknown');
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return t('issue.wrong');
    default:
      return undefined;
  }
}

/** Returns a zod issue in plain words, to follow the field name; undefined if its author worded it. */
export function issueWords(issue: IssueLike, language: Language): string | undefined {
  const said = wordsOf(issue, language);
  return said === undefined ? undefined : spaced(said, language);
}
