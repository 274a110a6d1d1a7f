import type { Profile } from '../domain/profile.js';
import { writtenPreferences } from './preferences/preference-list.js';
import { words } from './preferences/preference-on-page.js';
import type { CompetenceFields, ProfileFields } from './profile-form.js';

/** All that stands in the lists of competences. */
const wordsOf = ({ competences }: Profile): Set<string> =>
  new Set(competences.flatMap((c) => [...c.keywords, ...c.exclusions]));

const isFilled = (c: CompetenceFields): boolean =>
  Boolean(c.label || c['labels.fr'] || c['labels.en'] || c.description || c.keywords || c.exclusions);

/** The same without the rows into which nothing was typed. */
export const withoutBlank = (fields: ProfileFields): ProfileFields => ({
  ...fields,
  competences: fields.competences.filter(isFilled),
  contacts: fields.contacts.filter((c) => c.name || c.email),
});

/** A weight as people write it, with a comma or a point; what is none stays text and is refused. */
const weight = (text: string): number | string => {
  const plain = text.replace(',', '.');
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : text;
};

/** Competences for the schema to judge; a line that is saved already stays one word. */
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

/**
 * The profile that a form describes, for the schema to judge; what the form does not ask for stays as it is
 * saved.
 */
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
