import type { ComponentChildren } from 'preact';
import type { Preferences } from '../../domain/preferences.js';
import type { Language } from '../../../kernel/language.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { Errors } from '../form-errors.js';
import { PREFERENCES_ON_PAGE } from './preference-form.js';
import type { PreferenceFields } from './preference-on-page.js';

const PREFIX = 'preferences.';

/** Returns preferences as form fields; without any, the fields are empty. */
export const preferenceFields = (saved: Preferences | undefined, language: Language): PreferenceFields =>
  Object.fromEntries(PREFERENCES_ON_PAGE.flatMap((one) => Object.entries(one.fields(saved, language))));

/** Returns the preferences of a form, for the schema to validate; undefined if none are set. */
export function writtenPreferences(
  fields: PreferenceFields,
  saved: Preferences | undefined,
): object | undefined {
  const written = PREFERENCES_ON_PAGE.flatMap((one) => Object.entries(one.read(fields, saved)));
  return written.length ? Object.fromEntries(written) : undefined;
}

/**
 * Returns the schema's error at a path of the profile, in the reader's language; null if it does not concern
 * preferences.
 */
export function preferenceMistake(v: Viewer, path: string): string | null {
  if (!path.startsWith(PREFIX)) return null;
  for (const { mistake } of PREFERENCES_ON_PAGE) {
    const says = mistake?.(path.slice(PREFIX.length), v);
    if (says) return says;
  }
  return null;
}

/** Groups inputs into rows, with short ones side by side. */
function inRows(all: { short?: true; drawn: ComponentChildren }[]): ComponentChildren[] {
  const rows: { short?: true; drawn: ComponentChildren[] }[] = [];
  for (const { short, drawn } of all) {
    const last = rows.at(-1);
    if (short && last?.short) last.drawn.push(drawn);
    else rows.push({ ...(short && { short }), drawn: [drawn] });
  }
  return rows.map(({ short, drawn }) => (short ? <div class="pairs">{drawn}</div> : drawn));
}

/** The institute's preferences; they exclude no call. */
export function PreferenceList({ v, p, errors }: { v: Viewer; p: PreferenceFields; errors: Errors }) {
  const inside = Object.fromEntries(
    Object.entries(errors).flatMap(([path, says]) =>
      path.startsWith(PREFIX) ? [[path.slice(PREFIX.length), says]] : [],
    ),
  );
  return (
    <details
      class="card part"
      open
      data-fold={Object.keys(inside).length > 0 ? undefined : 'narrow'}
      id="preferences"
    >
      <summary>
        <h2>{v.t('profile.preferences')}</h2>
      </summary>
      <p class="muted">{v.t('profile.preferences.help')}</p>
      {inRows(
        PREFERENCES_ON_PAGE.map(({ inputs, short }) => ({
          ...(short && { short }),
          drawn: inputs({ v, fields: p, errors: inside }),
        })),
      )}
    </details>
  );
}

/** The same, read-only. */
export const PreferencesToRead = ({ v, p }: { v: Viewer; p: Preferences }) => (
  <section class="card">
    <h2>{v.t('profile.preferences')}</h2>
    <dl class="facts">
      {PREFERENCES_ON_PAGE.flatMap(({ facts }) => facts(p, v)).map(([label, value]) => (
        <>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  </section>
);
