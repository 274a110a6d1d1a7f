import { amountForPeople } from '../../calls/domain/facts/budget.js';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import type { AwardedProposal } from '../../harvest/domain/drafts/committee-document.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import type { Result } from './results.js';

/** Says how far the draft decision on the awards is: "Results are near: the committee votes until …". */
export function resultText(
  { votesUntil, voted }: Pick<Result, 'votesUntil'> & { voted: boolean },
  today: string,
  language: Language,
): string {
  const t = translateTo(language);
  if (voted) return t('result.voted');
  if (votesUntil === null) return t('result.put');
  const day = dateForPeople(votesUntil, language);
  return t(votesUntil < today ? 'result.ended' : 'result.votes', { day });
}

/** Says what the annex of a draft decision has of the bid. */
export function namedText({ number, acronym, grant }: AwardedProposal, language: Language): string {
  return translateTo(language)('result.named', {
    name: acronym === null ? number : `${acronym} (${number})`,
    grant: grant === null ? 'none' : amountForPeople(grant, 'EUR', language),
  });
}
