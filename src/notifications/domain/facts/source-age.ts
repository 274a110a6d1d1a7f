import type { Language } from '../../../kernel/language.js';
import { momentForPeople } from '../../../calls/domain/facts/deadline.js';
import { SOURCE_TROUBLES, type SourceAge } from '../../../calls/domain/facts/call-facts.js';
import { translateTo } from '../../../i18n/translate.js';

/** Says when a source was last read and, if it cannot be read, why: a date alone tells people nothing. */
export function sourceAge(
  { lastGoodRunAt, state }: Omit<SourceAge, 'name'>,
  now: Date,
  language: Language,
): string {
  const t = translateTo(language);
  const trouble = SOURCE_TROUBLES.find((one) => one === state);
  const why = trouble ? t(`source-age.why.${trouble}`) : null;
  if (!lastGoodRunAt) return why === null ? t('source-age.never') : t('source-age.never-because', { why });
  const read = momentForPeople(lastGoodRunAt, now, language);
  if (why !== null) return t('source-age.not-since', { ...read, why });
  return t(state === 'quiet' ? 'source-age.quiet' : 'source-age.read', read);
}
