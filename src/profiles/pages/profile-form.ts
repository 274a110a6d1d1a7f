import type { Competence, Profile } from '../domain/profile.js';
import type { Language } from '../../kernel/language.js';
import { plainText } from '../../ui/form.js';
import { preferenceFields } from './preferences/preference-list.js';
import type { PreferenceFields } from './preferences/preference-on-page.js';

/** A profile in a form: everything as typed. */
export interface CompetenceFields {
  label: string;
  'labels.fr': string;
  'labels.en': string;
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
export interface ProfileFields {
  name: string;
  language: string;
  competences: CompetenceFields[];
  contacts: ContactFields[];
  preferences: PreferenceFields;
}

export const competenceFields = (c: Competence): CompetenceFields => ({
  label: c.label,
  'labels.fr': c.labels?.fr ?? '',
  'labels.en': c.labels?.en ?? '',
  description: c.description,
  keywords: c.keywords.join('\n'),
  exclusions: c.exclusions.join('\n'),
  weight: String(c.weight),
});
const BLANK: CompetenceFields = {
  label: '',
  'labels.fr': '',
  'labels.en': '',
  description: '',
  keywords: '',
  exclusions: '',
  weight: '1',
};
const NOBODY: ContactFields = { name: '', email: '', language: '' };

/** Returns the form of a saved profile, with countries by name in the reader's language. */
export function fieldsOf(profile: Profile, language: Language): ProfileFields {
  return {
    name: profile.name,
    language: profile.language,
    competences: profile.competences.map(competenceFields),
    contacts: profile.contacts.map((c) => ({ name: c.name, email: c.email, language: c.language ?? '' })),
    preferences: preferenceFields(profile.preferences, language),
  };
}

type Body = Record<string, unknown>;

/** Returns the fields of a sent form; none if it is not a form. */
export const bodyOf = (sent: unknown): Body =>
  typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? (sent as Body) : {};

const textOf = (body: Body, name: string): string => {
  const value = [body[name]].flat()[0];
  return typeof value === 'string' ? plainText(value) : '';
};
const all = (body: Body, name: string): string[] =>
  [body[name]].flat().filter((v): v is string => typeof v === 'string' && v !== '');

/**
 * Returns the rows of a list in a form, in order: `competences.0.label`, `competences.0.keywords`, …; rows
 * without fields are left out.
 */
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

export const typedCompetences = (body: Body): CompetenceFields[] =>
  rows(body, 'competences', BLANK, MOST_ROWS);

/** Reads each preference field by its type: one text, or the selected choices. */
const typedPreferences = (body: Body): PreferenceFields =>
  Object.fromEntries(
    Object.entries(preferenceFields(undefined, 'en')).map(([name, empty]) => {
      const field = `preferences.${name}`;
      return [name, Array.isArray(empty) ? all(body, field) : textOf(body, field)];
    }),
  );

/** Reads what was typed into a form, valid or not. */
export function typed(sent: unknown): ProfileFields {
  const body = bodyOf(sent);
  return {
    name: textOf(body, 'name'),
    language: textOf(body, 'language'),
    competences: typedCompetences(body),
    contacts: rows(body, 'contacts', NOBODY, MOST_ROWS),
    preferences: typedPreferences(body),
  };
}

function moved<T>(list: T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** Returns the competences after a form button: add, remove-2, up-2, down-2. Null for other buttons. */
export function rearrangedCompetences(list: CompetenceFields[], action: string): CompetenceFields[] | null {
  const [, what, number] = /^(remove|up|down)-(\d{1,3})$/.exec(action) ?? [];
  const at = Number(number);
  if (action === 'add') return [...list, BLANK];
  if (what === 'remove') return list.filter((_, i) => i !== at);
  return what === undefined ? null : moved(list, at, at + (what === 'up' ? -1 : 1));
}

/** Returns the form after a button that only rearranges it; null for other buttons. */
export function rearranged(fields: ProfileFields, action: string): ProfileFields | null {
  const competences = rearrangedCompetences(fields.competences, action);
  if (competences) return { ...fields, competences };
  if (action === 'add-contact') return { ...fields, contacts: [...fields.contacts, NOBODY] };
  const [, at] = /^remove-contact-(\d{1,3})$/.exec(action) ?? [];
  return at === undefined
    ? null
    : { ...fields, contacts: fields.contacts.filter((_, i) => i !== Number(at)) };
}
