import { MOST_COUNTRIES } from '../domain/preferences.js';
import { MOST_WORDS, Profile, TOO_MANY_WORDS } from '../domain/profile.js';
import { readForm } from '../../ui/form.js';
import type { Viewer } from '../../ui/viewer.js';
import type { ProfileFields } from './profile-form.js';
import { withoutBlank, written } from './written-profile.js';

export type Errors = Record<string, string>;
/** A form that was read: the profile that it describes, or what is wrong at which field. */
export type ReadProfile = { profile: Profile } | { fields: ProfileFields; errors: Errors };

/** What the schema says in English about a whole is said here in the reader's language. */
export function inWords(v: Viewer, path: string, message: string): string {
  if (path === 'contacts') return v.t('profile.wrong.twice');
  if (message === TOO_MANY_WORDS) return v.t('profile.wrong.too-many-words', { most: MOST_WORDS });
  if (path === 'competences') return v.t('profile.wrong.no-competences');
  if (/^preferences\.(trl|budget)$/.test(path)) return v.t('profile.wrong.range');
  if (path === 'preferences.countries')
    return v.t('profile.wrong.too-many-countries', { most: MOST_COUNTRIES });
  if (/\.countries\.\d+$/.test(path)) return v.t('profile.wrong.country');
  if (/\.minLeadDays$/.test(path)) return v.t('profile.wrong.days');
  if (/\.budget\.m..$/.test(path)) return v.t('profile.wrong.amount');
  if (/\.(weight|trl\.m..)$/.test(path)) return v.t('profile.wrong.number');
  if (/\.email$/.test(path)) return v.t('profile.wrong.email');
  if (/(^name|\.name|\.label|\.labels\.(fr|en))$/.test(path)) return v.t('profile.wrong.name');
  return /\.(keywords|exclusions)\.\d+$/.test(path) ? v.t('profile.wrong.keyword') : message;
}

/** Reads a profile as it was put together out of a form. */
export function readAs(v: Viewer, profile: object): { profile: Profile } | { errors: Errors } {
  const sent = readForm(Profile, profile, v.language);
  if (sent.ok) return { profile: sent.value };
  return {
    errors: Object.fromEntries(
      Object.entries(sent.errors).map(([path, message]) => [path, inWords(v, path, message)]),
    ),
  };
}

/** Reads the profile that a form describes. Rows without anything in them are none. */
export function readProfile(v: Viewer, typed: ProfileFields, saved: Profile): ReadProfile {
  const fields = withoutBlank(typed);
  const read = readAs(v, written(fields, saved));
  return 'errors' in read ? { fields, errors: read.errors } : read;
}

/** What is wrong at a field or inside it. */
export const errorAt = (errors: Errors, path: string): string | undefined =>
  errors[path] ?? Object.entries(errors).find(([p]) => p.startsWith(`${path}.`))?.[1];
