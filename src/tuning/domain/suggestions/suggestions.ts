import { z } from 'zod';
import { translateTo } from '../../../i18n/translate.js';
import { ADDRESSEES } from '../../../calls/domain/index.js';
import { Preferences, Profile, type Competence } from '../../../profiles/domain/index.js';
import type { Language } from '../../../kernel/language.js';

/** One change of a profile, in one line of it. */
export const Suggestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add-keyword'), competence: z.string(), keywords: z.array(z.string()) }),
  z.object({ kind: z.literal('remove-exclusion'), competence: z.string(), exclusions: z.array(z.string()) }),
  z.object({ kind: z.literal('raise-weight'), competence: z.string(), weight: z.number() }),
  z.object({ kind: z.literal('answer-as'), addressee: z.enum(ADDRESSEES) }),
]);
export type Suggestion = z.infer<typeof Suggestion>;

type OfCompetence = Exclude<Suggestion, { kind: 'answer-as' }>;

function applied(c: Competence, suggestion: OfCompetence): Competence {
  switch (suggestion.kind) {
    case 'add-keyword':
      return { ...c, keywords: [...new Set([...c.keywords, ...suggestion.keywords])] };
    case 'remove-exclusion':
      return { ...c, exclusions: c.exclusions.filter((e) => !suggestion.exclusions.includes(e)) };
    case 'raise-weight':
      return { ...c, weight: suggestion.weight };
  }
}

/** The profile with the change; null where that would be no profile any more. */
export function withSuggestion(profile: Profile, suggestion: Suggestion): Profile | null {
  const { preferences = Preferences.parse({}), competences } = profile;
  const changed =
    suggestion.kind === 'answer-as'
      ? {
          ...profile,
          preferences: {
            ...preferences,
            answersAs: [...new Set([...(preferences.answersAs ?? []), suggestion.addressee])],
          },
        }
      : {
          ...profile,
          competences: competences.map((c) =>
            c.label === suggestion.competence ? applied(c, suggestion) : c,
          ),
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

function english(suggestion: Suggestion, all: (texts: string[]) => string): string {
  const competence = suggestion.kind === 'answer-as' ? '' : all([suggestion.competence]);
  switch (suggestion.kind) {
    case 'answer-as':
      return `Say in your preferences that you answer calls aimed at ${translateTo('en')(`addressee.${suggestion.addressee}`)}`;
    case 'add-keyword':
      return `Add the keyword${suggestion.keywords.length > 1 ? 's' : ''} ${all(suggestion.keywords)} to the competence ${competence}`;
    case 'remove-exclusion':
      return `Remove the exclusion${suggestion.exclusions.length > 1 ? 's' : ''} ${all(suggestion.exclusions)} from the competence ${competence}`;
    case 'raise-weight':
      return `Raise the weight of the competence ${competence} to ${suggestion.weight}`;
  }
}

function french(suggestion: Suggestion, all: (texts: string[]) => string): string {
  const competence = suggestion.kind === 'answer-as' ? '' : all([suggestion.competence]);
  switch (suggestion.kind) {
    case 'answer-as':
      return `Indiquer dans vos préférences que vous répondez aux appels qui s’adressent ${translateTo('fr')(`addressee.${suggestion.addressee}`)}`;
    case 'add-keyword':
      return `Ajouter ${suggestion.keywords.length > 1 ? 'les mots-clés' : 'le mot-clé'} ${all(suggestion.keywords)} à la compétence ${competence}`;
    case 'remove-exclusion':
      return `Retirer ${suggestion.exclusions.length > 1 ? 'les exclusions' : 'l’exclusion'} ${all(suggestion.exclusions)} de la compétence ${competence}`;
    case 'raise-weight':
      return `Porter le poids de la compétence ${competence} à ${String(suggestion.weight).replace('.', ',')}`;
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
export function suggestionSentence(suggestion: Suggestion, adds: number, language: Language): string {
  const all = (texts: string[]): string => LIST[language].format(texts.map((t) => quoted(t, language)));
  return language === 'fr'
    ? `${french(suggestion, all)}${NB}; ${further.fr(adds)}.`
    : `${english(suggestion, all)}; ${further.en(adds)}.`;
}
