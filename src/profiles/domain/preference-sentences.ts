import { z } from 'zod';
import {
  amountForPeople,
  actionCodes,
  type RoleRule,
  countriesForPeople,
  programmeName,
  type Role,
} from '../../calls/domain/index.js';
import { PREFERENCES, type Side, type Unmet } from './preferences.js';
import type { Language } from '../../kernel/language.js';

const SIDES: Record<Language, Record<Side, string>> = {
  en: { above: 'is above', below: 'is below' },
  fr: { above: 'est au-dessus de', below: 'est en dessous de' },
};

/** A no-break space: French puts one before its high marks. */
const NB = '\u00a0';

/** "A, B or C". */
const choice = (words: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { type: 'disjunction' }).format(words);

const ROLES: Record<Language, Record<Role, string>> = {
  en: { coordinator: 'to coordinate', partner: 'to be a partner', alone: 'to apply alone' },
  fr: { coordinator: 'coordonner', partner: 'être partenaire', alone: 'candidater seul' },
};
const RULES: Record<Language, Record<RoleRule['rule'], string>> = {
  en: {
    'single-applicant': 'only a single applicant can apply',
    consortium: 'a consortium must apply',
    'coordinator-elsewhere': 'its coordinator must be from a country other than France',
    'running-coordinator': 'only the coordinator of a running project can apply',
    'smes-only': 'only SMEs can apply',
  },
  fr: {
    'single-applicant': 'un seul candidat peut répondre',
    consortium: 'la réponse doit venir d’un consortium',
    'coordinator-elsewhere': 'le coordinateur doit venir d’un autre pays que la France',
    'running-coordinator': 'seul le coordinateur d’un projet en cours peut répondre',
    'smes-only': 'seules les PME peuvent répondre',
  },
};

/** Who has to be where, with the countries that the call names. */
const PLACES: Record<Language, Record<'established' | 'action', (countries: string) => string>> = {
  en: {
    established: (c) => `its applicants must be established elsewhere (${c})`,
    action: (c) => `it takes place elsewhere (${c})`,
  },
  fr: {
    established: (c) => `les candidats doivent être établis ailleurs (${c})`,
    action: (c) => `l’action se déroule ailleurs (${c})`,
  },
};

const typesOf = (stated: string[]): string => actionCodes(stated).join(', ');

function english(u: Unmet): string {
  switch (u.preference) {
    case 'type-of-action':
      return `type of action ${typesOf(u.stated)}; you prefer ${choice(u.wanted, 'en')}`;
    case 'trl':
      return `TRL ${u.stated} ${SIDES.en[u.side]} your range (${u.wanted.min} to ${u.wanted.max})`;
    case 'programme':
      return `${u.stated}; you prefer ${choice(u.wanted, 'en')}`;
    case 'lead-time':
      return `${u.stated === 1 ? '1 day' : `${u.stated} days`} left; you want ${u.wanted} or more`;
    case 'budget':
      return `${amountForPeople(u.stated, u.currency, 'en')} per project ${SIDES.en[u.side]} your ${amountForPeople(u.wanted, u.currency, 'en')}`;
    case 'country':
      return `${PLACES.en[u.kind](countriesForPeople(u.stated, 'en'))}; your countries are ${countriesForPeople(u.wanted, 'en')}`;
    case 'role':
      return `${RULES.en[u.stated]}; you prefer ${choice(
        u.wanted.map((r) => ROLES.en[r]),
        'en',
      )}`;
  }
}

function french(u: Unmet): string {
  switch (u.preference) {
    case 'type-of-action':
      return `type d’action ${typesOf(u.stated)}${NB}; vous préférez ${choice(u.wanted, 'fr')}`;
    case 'trl':
      return `le TRL ${u.stated} ${SIDES.fr[u.side]} votre plage (${u.wanted.min} à ${u.wanted.max})`;
    case 'programme':
      return `${programmeName(u.stated, 'fr')}${NB}; vous préférez ${choice(
        u.wanted.map((name) => programmeName(name, 'fr')),
        'fr',
      )}`;
    case 'lead-time':
      return `${u.stated <= 1 ? `${u.stated} jour restant` : `${u.stated} jours restants`}${NB}; il vous en faut au moins ${u.wanted}`;
    case 'budget':
      return `${amountForPeople(u.stated, u.currency, 'fr')} par projet ${SIDES.fr[u.side]} vos ${amountForPeople(u.wanted, u.currency, 'fr')}`;
    case 'country':
      return `${PLACES.fr[u.kind](countriesForPeople(u.stated, 'fr'))}${NB}; vos pays${NB}: ${countriesForPeople(u.wanted, 'fr')}`;
    case 'role':
      return `${RULES.fr[u.stated]}${NB}; vous préférez ${choice(
        u.wanted.map((r) => ROLES.fr[r]),
        'fr',
      )}`;
  }
}

/** What a call lacks beside a preference, to follow "fits, but". */
export const unmetSentence = (unmet: Unmet, language: Language): string =>
  language === 'fr' ? french(unmet) : english(unmet);

/** A preference that a call does not meet, as it is told. */
export const UnmetView = z
  .object({
    preference: z.enum(PREFERENCES),
    says: z.object({ en: z.string(), fr: z.string() }).describe('what the call lacks, to follow "fits, but"'),
  })
  .meta({ id: 'UnmetPreference' });
export type UnmetView = z.infer<typeof UnmetView>;

/** Unmet preferences in both languages. */
export const unmetViews = (unmet: Unmet[]): UnmetView[] =>
  unmet.map((u) => ({ preference: u.preference, says: { en: english(u), fr: french(u) } }));

/** The same as whole remarks: "fits, but …", or without these words where the call does not fit anyway. */
export const preferenceRemarks = (unmet: Unmet[], fits: boolean, language: Language): string[] =>
  unmet.map((u) =>
    fits
      ? `${language === 'fr' ? 'convient, mais' : 'fits, but'} ${unmetSentence(u, language)}`
      : unmetSentence(u, language),
  );
