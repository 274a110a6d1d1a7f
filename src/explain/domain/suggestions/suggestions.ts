import { z } from 'zod';
import { listTo } from '../../../i18n/message.js';
import { translateTo } from '../../../i18n/translate.js';
import { ADDRESSEES } from '../../../calls/domain/addressee.js';
import { Preferences } from '../../../profiles/domain/preferences.js';
import { type Competence, Profile } from '../../../profiles/domain/profile.js';
import type { Language } from '../../../kernel/language.js';

/** A one-line change of a profile. */
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

/** The profile with the change; null if the result would be invalid. */
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

/** The change, in words. */
function changeIn(suggestion: Suggestion, language: Language): string {
  const t = translateTo(language);
  const quoted = (text: string): string => t('text.quote', { text });
  const all = (texts: string[]): string => listTo(language, texts.map(quoted));
  switch (suggestion.kind) {
    case 'answer-as':
      return t('suggestion.answer-as', { to: t(`addressee.${suggestion.addressee}`) });
    case 'add-keyword':
      return t('suggestion.add-keyword', {
        n: suggestion.keywords.length,
        words: all(suggestion.keywords),
        competence: quoted(suggestion.competence),
      });
    case 'remove-exclusion':
      return t('suggestion.remove-exclusion', {
        n: suggestion.exclusions.length,
        words: all(suggestion.exclusions),
        competence: quoted(suggestion.competence),
      });
    case 'raise-weight':
      return t('suggestion.raise-weight', {
        competence: quoted(suggestion.competence),
        weight: suggestion.weight,
      });
  }
}

/** The change, in words, and how many calls it adds. */
export const suggestionSentence = (suggestion: Suggestion, adds: number, language: Language): string =>
  translateTo(language)('suggestion.adds', { what: changeIn(suggestion, language), n: adds });
