import { z } from 'zod';
import { amountForPeople } from '../notification/budget.js';
import { actionCodes } from '../call/action-code.js';
import { PREFERENCES, type Side, type Unmet } from './preferences.js';
import type { Language } from './profile.js';

const SIDES: Record<Language, Record<Side, string>> = {
  en: { above: 'is above', below: 'is below' },
  fr: { above: 'est au-dessus de', below: 'est en dessous de' },
};

/** A no-break space: French puts one before its high marks. */
const NB = '\u00a0';

/** "A, B or C". */
const choice = (words: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { type: 'disjunction' }).format(words);

const typesOf = (stated: string[]): string => actionCodes(stated).join(', ');

function english(u: Unmet): string {
  switch (u.preference) {
    case 'type-of-action': return `type of action ${typesOf(u.stated)}; you prefer ${choice(u.wanted, 'en')}`;
    case 'trl': return `TRL ${u.stated} ${SIDES.en[u.side]} your range (${u.wanted.min} to ${u.wanted.max})`;
    case 'programme': return `${u.stated}; you prefer ${choice(u.wanted, 'en')}`;
    case 'lead-time': return `${u.stated === 1 ? '1 day' : `${u.stated} days`} left; you want ${u.wanted} or more`;
    case 'budget': return `${amountForPeople(u.stated, u.currency, 'en')} a project ${SIDES.en[u.side]} your ${amountForPeople(u.wanted, u.currency, 'en')}`;
  }
}

function french(u: Unmet): string {
  switch (u.preference) {
    case 'type-of-action': return `type d’action ${typesOf(u.stated)}${NB}; vous préférez ${choice(u.wanted, 'fr')}`;
    case 'trl': return `le TRL ${u.stated} ${SIDES.fr[u.side]} votre plage (${u.wanted.min} à ${u.wanted.max})`;
    case 'programme': return `${u.stated}${NB}; vous préférez ${choice(u.wanted, 'fr')}`;
    case 'lead-time': return `${u.stated <= 1 ? `${u.stated} jour restant` : `${u.stated} jours restants`}${NB}; il vous en faut au moins ${u.wanted}`;
    case 'budget': return `${amountForPeople(u.stated, u.currency, 'fr')} par projet ${SIDES.fr[u.side]} vos ${amountForPeople(u.wanted, u.currency, 'fr')}`;
  }
}

/** What a call lacks beside a preference, to follow "fits, but". */
export const unmetSentence = (unmet: Unmet, language: Language): string => (language === 'fr' ? french(unmet) : english(unmet));

/** A preference that a call does not meet, as it is told. */
export const UnmetView = z
  .object({ preference: z.enum(PREFERENCES), says: z.object({ en: z.string(), fr: z.string() }).describe('what the call lacks, to follow "fits, but"') })
  .meta({ id: 'UnmetPreference' });
export type UnmetView = z.infer<typeof UnmetView>;

/** Unmet preferences in both languages. */
export const unmetViews = (unmet: Unmet[]): UnmetView[] => unmet.map((u) => ({ preference: u.preference, says: { en: english(u), fr: french(u) } }));

/** The same as whole remarks: "fits, but …", or without these words where the call does not fit anyway. */
export const preferenceRemarks = (unmet: Unmet[], fits: boolean, language: Language): string[] =>
  unmet.map((u) => (fits ? `${language === 'fr' ? 'convient, mais' : 'fits, but'} ${unmetSentence(u, language)}` : unmetSentence(u, language)));
