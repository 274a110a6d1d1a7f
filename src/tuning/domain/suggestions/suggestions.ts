import { z } from 'zod';
import { ADDRESSEE_NAMES, ADDRESSEES } from '../../../calls/domain/index.js';
import { Preferences, Profile, type Competence } from '../../../profiles/domain/index.js';
import type { Language } from '../../../kernel/language.js';

/** One change of a profile, in one line of it. */
export const Mend = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add-keyword'), competence: z.string(), keywords: z.array(z.string()) }),
  z.object({ kind: z.literal('remove-exclusion'), competence: z.string(), exclusions: z.array(z.string()) }),
  z.object({ kind: z.literal('raise-weight'), competence: z.string(), weight: z.number() }),
  z.object({ kind: z.literal('answer-as'), addressee: z.enum(ADDRESSEES) }),
]);
export type Mend = z.infer<typeof Mend>;

type OfCompetence = Exclude<Mend, { kind: 'answer-as' }>;

function mended(c: Competence, mend: OfCompetence): Competence {
  switch (mend.kind) {
    case 'add-keyword':
      return { ...c, keywords: [...new Set([...c.keywords, ...mend.keywords])] };
    case 'remove-exclusion':
      return { ...c, exclusions: c.exclusions.filter((e) => !mend.exclusions.includes(e)) };
    case 'raise-weight':
      return { ...c, weight: mend.weight };
  }
}

/** The profile with the change; null where that would be no profile any more. */
export function withMend(profile: Profile, mend: Mend): Profile | null {
  const { preferences = Preferences.parse({}), competences } = profile;
  const changed =
    mend.kind === 'answer-as'
      ? {
          ...profile,
          preferences: {
            ...preferences,
            answersAs: [...new Set([...(preferences.answersAs ?? []), mend.addressee])],
          },
        }
      : {
          ...profile,
          competences: competences.map((c) => (c.label === mend.competence ? mended(c, mend) : c)),
        };
  return Profile.safeParse(changed).success ? changed : null;
}

const NB = '\u00a0';
const LIST = {
  en: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  fr: new Intl.ListFormat('fr-FR', { type: 'conjunction' }),
};
const quoted = (text: string, language: Language): string =>
  language === 'fr' ? `«${NB}${text}${NB}»` : `“${text}”`;

function english(mend: Mend, all: (texts: string[]) => string): string {
  const competence = mend.kind === 'answer-as' ? '' : all([mend.competence]);
  switch (mend.kind) {
    case 'answer-as':
      return `Say in your preferences that you answer calls aimed at ${ADDRESSEE_NAMES.en[mend.addressee]}`;
    case 'add-keyword':
      return `Add the keyword${mend.keywords.length > 1 ? 's' : ''} ${all(mend.keywords)} to the competence ${competence}`;
    case 'remove-exclusion':
      return `Remove the exclusion${mend.exclusions.length > 1 ? 's' : ''} ${all(mend.exclusions)} from the competence ${competence}`;
    case 'raise-weight':
      return `Raise the weight of the competence ${competence} to ${mend.weight}`;
  }
}

function french(mend: Mend, all: (texts: string[]) => string): string {
  const competence = mend.kind === 'answer-as' ? '' : all([mend.competence]);
  switch (mend.kind) {
    case 'answer-as':
      return `Indiquer dans vos préférences que vous répondez aux appels qui s’adressent ${ADDRESSEE_NAMES.fr[mend.addressee]}`;
    case 'add-keyword':
      return `Ajouter ${mend.keywords.length > 1 ? 'les mots-clés' : 'le mot-clé'} ${all(mend.keywords)} à la compétence ${competence}`;
    case 'remove-exclusion':
      return `Retirer ${mend.exclusions.length > 1 ? 'les exclusions' : 'l’exclusion'} ${all(mend.exclusions)} de la compétence ${competence}`;
    case 'raise-weight':
      return `Porter le poids de la compétence ${competence} à ${String(mend.weight).replace('.', ',')}`;
  }
}

const further: Record<Language, (adds: number) => string> = {
  en: (adds) =>
    adds === 0
      ? 'it would add no other call from the last 12 months'
      : `it would add ${adds} more ${adds === 1 ? 'call' : 'calls'} from the last 12 months`,
  fr: (adds) =>
    adds === 0
      ? 'aucun autre appel des 12 derniers mois ne s’ajouterait'
      : `${adds}${NB}${adds === 1 ? 'autre appel' : 'autres appels'} des 12 derniers mois ${adds === 1 ? 's’ajouterait' : 's’ajouteraient'}`,
};

/** What to change, with what comes along. */
export function mendSentence(mend: Mend, adds: number, language: Language): string {
  const all = (texts: string[]): string => LIST[language].format(texts.map((t) => quoted(t, language)));
  return language === 'fr'
    ? `${french(mend, all)}${NB}; ${further.fr(adds)}.`
    : `${english(mend, all)}; ${further.en(adds)}.`;
}
