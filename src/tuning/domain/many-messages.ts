import { inEachLanguage, translateTo } from '../../i18n/translate.js';
import type { MessageRate } from '../../notifications/domain/index.js';
import type { ProfileWarning } from '../../profiles/domain/index.js';

/**
 * The warning of a profile that would make more than `warnAbove` messages a week; null where it would not, or
 * it is not known.
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
