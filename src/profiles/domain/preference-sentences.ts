import { z } from 'zod';
import { amountForPeople } from '../../calls/domain/facts/budget.js';
import { actionCodes } from '../../calls/domain/action-code.js';
import { countriesForPeople } from '../../calls/domain/countries.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { PREFERENCES, type Unmet } from './preferences.js';
import { choiceTo } from '../../i18n/message.js';
import { inEachLanguage, translateTo } from '../../i18n/translate.js';
import { byLanguage, type Language } from '../../kernel/language.js';

const typesOf = (stated: string[]): string => actionCodes(stated).join(', ');

/** Returns what a call lacks for a preference, to follow "fits, but". */
export function unmetSentence(u: Unmet, language: Language): string {
  const t = translateTo(language);
  const wanted = (all: readonly string[]): string => choiceTo(language, all);
  switch (u.preference) {
    case 'type-of-action':
      return t('unmet.type-of-action', { types: typesOf(u.stated), wanted: wanted(u.wanted) });
    case 'trl':
      return t('unmet.trl', { stated: u.stated, side: u.side, min: u.wanted.min, max: u.wanted.max });
    case 'programme':
      return t('unmet.programme', {
        stated: programmeName(u.stated, language),
        wanted: wanted(u.wanted.map((name) => programmeName(name, language))),
      });
    case 'lead-time':
      return t('unmet.lead-time', { days: u.stated, last: u.isLast ? 'yes' : 'no', wanted: u.wanted });
    case 'budget':
      return t('unmet.budget', {
        stated: amountForPeople(u.stated, u.currency, language),
        side: u.side,
        wanted: amountForPeople(u.wanted, u.currency, language),
      });
    case 'country':
      return t(`unmet.country.${u.kind}`, {
        stated: countriesForPeople(u.stated, language),
        wanted: countriesForPeople(u.wanted, language),
      });
    case 'role':
      return t('unmet.role', {
        rule: t(`unmet.rule.${u.stated}`),
        wanted: wanted(u.wanted.map((role) => t(`unmet.role.${role}`))),
      });
  }
}

/** A preference that a call does not meet, as shown to people. */
export const UnmetView = z
  .object({
    preference: z.enum(PREFERENCES),
    says: byLanguage(z.string()).describe('what the call lacks, to follow "fits, but"'),
  })
  .meta({ id: 'UnmetPreference' });
export type UnmetView = z.infer<typeof UnmetView>;

/** Returns unmet preferences in every language. */
export const unmetViews = (unmet: Unmet[]): UnmetView[] =>
  unmet.map((u) => ({
    preference: u.preference,
    says: inEachLanguage((language) => unmetSentence(u, language)),
  }));

/** Returns them as whole remarks: "fits, but …", or without these words if the call does not fit anyway. */
export const preferenceRemarks = (unmet: Unmet[], fits: boolean, language: Language): string[] =>
  unmet.map((u) => {
    const sentence = unmetSentence(u, language);
    return fits ? translateTo(language)('unmet.remark', { unmet: sentence }) : sentence;
  });
