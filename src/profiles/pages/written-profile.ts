import { typedCountry, programmeKnownAs } from '../../calls/domain/index.js';
import type { Profile } from '../domain/profile.js';
import {
  shownNumber,
  type CompetenceFields,
  type PreferenceFields,
  type ProfileFields,
} from './profile-form.js';

const LINES = /[\r\n]+/;

/** One a line; a line with semicolons, or commas with a space behind, is a list that was pasted, unless it is `kept`: saved just so. "1,2,4-triazole" is one word. */
const words = (text: string, kept: ReadonlySet<string>): string[] => {
  const lines = text
    .split(LINES)
    .map((line) => line.trim())
    .flatMap((line) => (kept.has(line) ? [line] : line.split(/;|,\s/).map((word) => word.trim())));
  return [...new Set(lines.filter(Boolean))];
};

/** All that stands in the lists of a profile. */
const wordsOf = ({ competences, preferences }: Profile): Set<string> =>
  new Set([
    ...competences.flatMap((c) => [...c.keywords, ...c.exclusions]),
    ...(preferences?.programmes ?? []),
  ]);

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

const DIGITS = /^\d+$/;
/** Three digits each behind a comma, a point or a space, the same one throughout. */
const GROUPED = /^\d{1,3}([,. \u00a0\u202f])\d{3}(?:\1\d{3})*$/;

/** A whole number: "500000", "500 000", "500,000", "500.000". What could be read in two ways, as "1,5", stays text and is refused; so does what is none. */
const whole = (text: string): number | string =>
  DIGITS.test(text) || GROUPED.test(text) ? Number(text.replace(/\D/g, '')) : text;

/** A number of the preferences out of its field; one that stands there as it was saved is the saved one. */
const maybe = (text: string, saved: number | undefined): number | string | undefined =>
  text === '' ? undefined : text === shownNumber(saved) ? saved : whole(text);

function preferencesOf(p: PreferenceFields, saved: Profile): object | undefined {
  const { trl: levels, minLeadDays, budget: amounts } = saved.preferences ?? {};
  const [min, max, days] = [
    maybe(p.trlMin, levels?.min),
    maybe(p.trlMax, levels?.max),
    maybe(p.minLeadDays, minLeadDays),
  ];
  const [low, high] = [maybe(p.budgetMin, amounts?.min), maybe(p.budgetMax, amounts?.max)];
  const programmes = [...p.programmes, ...words(p.otherProgrammes, wordsOf(saved)).map(programmeKnownAs)];
  const trl =
    min === undefined && max === undefined
      ? {}
      : { trl: { ...(min !== undefined && { min }), ...(max !== undefined && { max }) } };
  const budget =
    low === undefined && high === undefined
      ? {}
      : { budget: { ...(low !== undefined && { min: low }), ...(high !== undefined && { max: high }) } };
  const countries = [...new Set(words(p.countries, new Set()).map(typedCountry))];
  const places = { ...(countries.length && { countries }), ...(p.roles.length && { roles: p.roles }) };
  const wanted = {
    ...(p.typesOfAction.length && { typesOfAction: p.typesOfAction }),
    ...(p.answersAs.length && { answersAs: p.answersAs }),
    ...(programmes.length && { programmes }),
    ...trl,
    ...(days !== undefined && { minLeadDays: days }),
    ...budget,
    ...places,
  };
  return Object.keys(wanted).length ? wanted : undefined;
}

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

/** The profile that a form describes, for the schema to judge; what the form does not ask for stays as it is saved. */
export function written(fields: ProfileFields, saved: Profile): object {
  const { preferences: _, ...kept } = saved;
  const preferences = preferencesOf(fields.preferences, saved);
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
