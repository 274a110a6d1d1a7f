import type { ComponentChildren } from 'preact';
import type { Preferences } from '../../domain/preferences.js';
import type { Language } from '../../../kernel/language.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { Errors } from '../form-errors.js';
import { PREFERENCES_ON_PAGE } from './preference-form.js';
import type { PreferenceFields } from './preference-on-page.js';

const PREFIX = 'preferences.';

/** Preferences as they stand in the form: without any, its fields are there and empty. */
export const preferenceFields = (saved: Preferences | undefined, language: Language): PreferenceFields =>
  Object.fromEntries(PREFERENCES_ON_PAGE.flatMap((one) => Object.entries(one.fields(saved, language))));

/** The preferences that a form describes, for the schema to judge; undefined where nothing was said. */
export function writtenPreferences(
  fields: PreferenceFields,
  saved: Preferences | undefined,
): object | undefined {
  const written = PREFERENCES_ON_PAGE.flatMap((one) => Object.entries(one.read(fields, saved)));
  return written.length ? Object.fromEntries(written) : undefined;
}

/**
 * What the schema finds wrong at a path of the profile, in the reader's language; null where that is no
 * matter of the preferences.
 */
export function preferenceMistake(v: Viewer, path: string): string | null {
  if (!path.startsWith(PREFIX)) return null;
  for (const { mistake } of PREFERENCES_ON_PAGE) {
    const says = mistake?.(path.slice(PREFIX.length), v);
    if (says) return says;
  }
  return null;
}

/** Inputs of which those that are short stand beside one another. */
function inRows(all: { short?: true; drawn: ComponentChildren }[]): ComponentChildren[] {
  const rows: { short?: true; drawn: ComponentChildren[] }[] = [];
  for (const { short, drawn } of all) {
    const last = rows.at(-1);
    if (short && last?.short) last.drawn.push(drawn);
    else rows.push({ ...(short && { short }), drawn: [drawn] });
  }
  return rows.map(({ short, drawn }) => (short ? <div class="pairs">{drawn}</div> : drawn));
}

/** What the institute would rather have; no call is left out for it. */
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

/** The same for those who do not change it. */
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
