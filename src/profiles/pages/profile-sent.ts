import { MOST_WORDS, Profile } from '../domain/profile.js';
import type { IssueCode } from '../../kernel/issues.js';
import { readForm } from '../../ui/form.js';
import type { Viewer } from '../../ui/viewer.js';
import type { Errors } from './form-errors.js';
import { preferenceMistake } from './preferences/preference-list.js';
import type { ProfileFields } from './profile-form.js';
import { withoutBlank, written } from './written-profile.js';

/** A parsed form: the profile, or the errors by field. */
export type ReadProfile = { profile: Profile } | { fields: ProfileFields; errors: Errors };

/** Says what is wrong with a value as the form calls it; `message` is what the schema says. */
export function inWords(v: Viewer, path: string, code: IssueCode, message: string): string {
  if (path === 'contacts') return v.t('profile.wrong.twice');
  if (code === 'too-many-keywords') return v.t('profile.wrong.too-many-words', { most: MOST_WORDS });
  if (code === 'label-twice') return v.t('profile.wrong.label-twice');
  if (path === 'competences') return v.t('profile.wrong.no-competences');
  const ofPreference = preferenceMistake(v, path);
  if (ofPreference !== null) return ofPreference;
  if (/\.weight$/.test(path)) return v.t('profile.wrong.number');
  if (/\.email$/.test(path)) return v.t('profile.wrong.email');
  if (path === 'name') return v.t('profile.wrong.name');
  if (/\.name$/.test(path)) return v.t('profile.wrong.person');
  if (/\.(label|labels\.(fr|en))$/.test(path)) return v.t('profile.wrong.label');
  return /\.(keywords|exclusions)\.\d+$/.test(path) ? v.t('profile.wrong.keyword') : message;
}

export function readAs(v: Viewer, profile: object): { profile: Profile } | { errors: Errors } {
  const sent = readForm(Profile, profile, v.language);
  if (sent.ok) return { profile: sent.value };
  return {
    errors: Object.fromEntries(
      sent.issues.map((found) => {
        const path = found.path.join('.');
        return [path, inWords(v, path, found.code, sent.errors[path]!)];
      }),
    ),
  };
}

/** Parses the profile of a form. Blank rows are ignored. */
export function readProfile(v: Viewer, typed: ProfileFields, saved: Profile): ReadProfile {
  const fields = withoutBlank(typed);
  const read = readAs(v, written(fields, saved));
  return 'errors' in read ? { fields, errors: read.errors } : read;
}
