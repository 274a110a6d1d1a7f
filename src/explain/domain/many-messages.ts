import { inEachLanguage, translateTo } from '../../i18n/translate.js';
import type { MessageRate } from '../../notifications/domain/schedule/past-recipient.js';
import type { ProfileWarning } from '../../profiles/domain/warning.js';

/**
 * The warning about a profile that would cause more than `warnAbove` messages a week; null if it would not,
 * or if that is unknown.
 */
export function manyMessages(rate: MessageRate | null, warnAbove: number): ProfileWarning | null {
  if (!rate || rate.aWeek <= warnAbove) return null;
  const { aWeek, weeks } = rate;
  return {
    kind: 'many-messages',
    aWeek,
    warnAbove,
    weeks,
    says: inEachLanguage((language) =>
      translateTo(language)('warning.many-messages', { n: aWeek, weeks, most: warnAbove }),
    ),
  };
}
