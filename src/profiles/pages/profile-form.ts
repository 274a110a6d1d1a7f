import { countryName, typedCountry } from '../../calls/domain/countries.js';
import { programmeKnownAs } from '../../calls/domain/names-in.js';
import { USUAL_PROGRAMMES } from '../domain/preferences.js';
import type { Competence, Language, Profile } from '../domain/profile.js';
import { plainText } from '../../ui/form.js';

/** A profile as it stands in a form: everything as it was typed. */
export interface CompetenceFields {
  label: string;
  description: string;
  keywords: string;
  exclusions: string;
  weight: string;
}
export interface ContactFields {
  name: string;
  email: string;
  language: string;
}
export interface PreferenceFields {
  typesOfAction: string[];
  answersAs: string[];
  programmes: string[];
  otherProgrammes: string;
  trlMin: string;
  trlMax: string;
  minLeadDays: string;
  budgetMin: string;
  budgetMax: string;
  countries: string;
  roles: string[];
}
export interface ProfileFields {
  name: string;
  language: string;
  competences: CompetenceFields[];
  contacts: ContactFields[];
  preferences: PreferenceFields;
}

const LINES = /[\r\n]+/;
const shown = (n: number | undefined): string => (n === undefined ? '' : String(n));

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

export const competenceFields = (c: Competence): CompetenceFields => ({
  label: c.label,
  description: c.description,
  keywords: c.keywords.join('\n'),
  exclusions: c.exclusions.join('\n'),
  weight: String(c.weight),
});
const BLANK: CompetenceFields = { label: '', description: '', keywords: '', exclusions: '', weight: '1' };
const NOBODY: ContactFields = { name: '', email: '', language: '' };

/** The form of a profile as it is saved, with countries by their names in the reader's language. */
export function fieldsOf(profile: Profile, language: Language): ProfileFields {
  const p = profile.preferences;
  const usual = USUAL_PROGRAMMES as readonly string[];
  return {
    name: profile.name,
    language: profile.language,
    competences: profile.competences.map(competenceFields),
    contacts: profile.contacts.map((c) => ({ name: c.name, email: c.email, language: c.language ?? '' })),
    preferences: {
      typesOfAction: p?.typesOfAction ?? [],
      answersAs: p?.answersAs ?? [],
      programmes: (p?.programmes ?? []).filter((x) => usual.includes(x)),
      otherProgrammes: (p?.programmes ?? []).filter((x) => !usual.includes(x)).join('\n'),
      trlMin: shown(p?.trl?.min),
      trlMax: shown(p?.trl?.max),
      minLeadDays: shown(p?.minLeadDays),
      budgetMin: shown(p?.budget?.min),
      budgetMax: shown(p?.budget?.max),
      countries: (p?.countries ?? []).map((code) => countryName(code, language)).join('\n'),
      roles: p?.roles ?? [],
    },
  };
}

type Body = Record<string, unknown>;

/** The fields of a sent form; what is no form has none. */
export const bodyOf = (sent: unknown): Body =>
  typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? (sent as Body) : {};

const textOf = (body: Body, name: string): string => {
  const value = [body[name]].flat()[0];
  return typeof value === 'string' ? plainText(value) : '';
};
const all = (body: Body, name: string): string[] =>
  [body[name]].flat().filter((v): v is string => typeof v === 'string' && v !== '');

/** The rows of a list in a form, in their order: `competences.0.label`, `competences.0.keywords`, …; those with nothing in them are none. */
function rows<T extends object>(body: Body, list: string, blank: T, most: number): T[] {
  const names = Object.keys(blank) as (keyof T & string)[];
  const numbers = new Set(
    Object.keys(body).flatMap((key) => new RegExp(`^${list}\\.(\\d{1,3})\\.`).exec(key)?.[1] ?? []),
  );
  return [...numbers]
    .map(Number)
    .sort((a, b) => a - b)
    .slice(0, most)
    .map((n) => Object.fromEntries(names.map((name) => [name, textOf(body, `${list}.${n}.${name}`)])) as T);
}

const MOST_ROWS = 60;
const isFilled = (c: CompetenceFields): boolean =>
  Boolean(c.label || c.description || c.keywords || c.exclusions);

/** Competences out of a sent form. */
export const typedCompetences = (body: Body): CompetenceFields[] =>
  rows(body, 'competences', BLANK, MOST_ROWS);

/** What was typed into a form, whatever it is. */
export function typed(sent: unknown): ProfileFields {
  const body = bodyOf(sent);
  const p = (name: string): string => textOf(body, `preferences.${name}`);
  return {
    name: textOf(body, 'name'),
    language: textOf(body, 'language'),
    competences: typedCompetences(body),
    contacts: rows(body, 'contacts', NOBODY, MOST_ROWS),
    preferences: {
      typesOfAction: all(body, 'preferences.typesOfAction'),
      answersAs: all(body, 'preferences.answersAs'),
      programmes: all(body, 'preferences.programmes'),
      otherProgrammes: p('otherProgrammes'),
      trlMin: p('trlMin'),
      trlMax: p('trlMax'),
      minLeadDays: p('minLeadDays'),
      budgetMin: p('budgetMin'),
      budgetMax: p('budgetMax'),
      countries: p('countries'),
      roles: all(body, 'preferences.roles'),
    },
  };
}

/** The same without the rows into which nothing was typed. */
export const withoutBlank = (fields: ProfileFields): ProfileFields => ({
  ...fields,
  competences: fields.competences.filter(isFilled),
  contacts: fields.contacts.filter((c) => c.name || c.email),
});

function moved<T>(list: T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** Competences after a button of the form: add, remove-2, up-2, down-2. Null where the button is another. */
export function rearrangedCompetences(list: CompetenceFields[], action: string): CompetenceFields[] | null {
  const [, what, number] = /^(remove|up|down)-(\d{1,3})$/.exec(action) ?? [];
  const at = Number(number);
  if (action === 'add') return [...list, BLANK];
  if (what === 'remove') return list.filter((_, i) => i !== at);
  return what === undefined ? null : moved(list, at, at + (what === 'up' ? -1 : 1));
}

/** The form after one of its buttons that only rearrange it; null where the button is another. */
export function rearranged(fields: ProfileFields, action: string): ProfileFields | null {
  const competences = rearrangedCompetences(fields.competences, action);
  if (competences) return { ...fields, competences };
  if (action === 'add-contact') return { ...fields, contacts: [...fields.contacts, NOBODY] };
  const [, at] = /^remove-contact-(\d{1,3})$/.exec(action) ?? [];
  return at === undefined
    ? null
    : { ...fields, contacts: fields.contacts.filter((_, i) => i !== Number(at)) };
}

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
  text === '' ? undefined : text === shown(saved) ? saved : whole(text);

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
  return list.filter(isFilled).map((c) => ({
    ...c,
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
