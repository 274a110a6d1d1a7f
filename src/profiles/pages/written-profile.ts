import type { Profile } from '../domain/profile.js';
import { writtenPreferences } from './preferences/preference-list.js';
import { words } from './preferences/preference-on-page.js';
import type { CompetenceFields, ProfileFields } from './profile-form.js';

/** Returns all keywords and exclusions of the competences. */
const wordsOf = ({ competences }: Profile): Set<string> =>
  new Set(competences.flatMap((c) => [...c.keywords, ...c.exclusions]));

const isFilled = (c: CompetenceFields): boolean =>
  Boolean(c.label || c['labels.fr'] || c['labels.en'] || c.description || c.keywords || c.exclusions);

/** Returns the same without blank rows. */
export const withoutBlank = (fields: ProfileFields): ProfileFields => ({
  ...fields,
  competences: fields.competences.filter(isFilled),
  contacts: fields.contacts.filter((c) => c.name || c.email),
});

/** Parses a weight, with a comma or a point; anything else stays text and is rejected. */
const weight = (text: string): number | string => {
  const plain = text.replace(',', '.');
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : text;
};

/** Returns competences for the schema to validate; a line that is already saved stays one entry. */
export function writtenCompetences(list: CompetenceFields[], saved: Profile): object[] {
  const kept = wordsOf(saved);
  return list.filter(isFilled).map(({ 'labels.fr': fr, 'labels.en': en, ...c }) => ({
    ...c,
    ...((fr || en) && { labels: { ...(fr && { fr }), ...(en && { en }) } }),
    keywords: words(c.keywords, kept),
    exclusions: words(c.exclusions, kept),
    weight: c.weight === '' ? 1 : weight(c.weight),
  }));
}

/** Returns the profile of a form for the schema to validate; what the form does not ask for is kept. */
export function written(fields: ProfileFields, saved: Profile): object {
  const { preferences: _, ...kept } = saved;
  const preferences = writtenPreferences(fields.preferences, saved.preferences);
  return {
    ...kept,
    name: fields.name,
    language: fields.language,
    competences: writtenCompetences(fields.competences, saved),
    contacts: withoutBlank(fields).contacts.map(({ language, ...c }) => ({
      ...c,
      ...(language && { language }),
    })),
    ...(preferences && { preferences }),
  };
}
