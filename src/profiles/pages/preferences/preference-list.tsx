import type { ComponentChildren } from 'preact';
import { Field, Money } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { ACTION_CODES } from '../../../calls/domain/action-code.js';
import { ADDRESSEES } from '../../../calls/domain/addressee.js';
import { countriesForPeople, countryName, typedCountry } from '../../../calls/domain/countries.js';
import { programmeKnownAs, programmeName } from '../../../calls/domain/names-in.js';
import { ROLES } from '../../../calls/domain/role-rules.js';
import { MOST_COUNTRIES, type Preferences, USUAL_PROGRAMMES } from '../../domain/preferences.js';
import { errorAt, type Errors } from '../form-errors.js';
import {
  listAs,
  listIn,
  numberAs,
  type PreferenceFields,
  type PreferenceOnPage,
  rangeAs,
  shownNumber,
  textIn,
  words,
} from './preference-on-page.js';
import type { Language } from '../../../kernel/language.js';

const idOf = (name: string): string => `preferences.${name}`;

const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Several choices out of a few. */
const Choices = <T extends string>({
  legend,
  name,
  all,
  chosen,
  text,
}: {
  legend: string;
  name: string;
  all: readonly T[];
  chosen: readonly string[];
  text: (value: T) => string;
}) => (
  <fieldset>
    <legend>{legend}</legend>
    <div class="choices">
      {all.map((value) => (
        <label key={value} class="choice">
          <input type="checkbox" name={idOf(name)} value={value} checked={chosen.includes(value)} />
          {text(value)}
        </label>
      ))}
    </div>
  </fieldset>
);

interface One {
  name: string;
  label: string;
  value: string;
  error?: string | undefined;
}

/** A technology readiness level, or any. */
const Level = ({ v, name, label, value, error }: One & { v: Viewer }) => (
  <Field id={idOf(name)} label={label} error={error}>
    <select id={idOf(name)} name={idOf(name)} class="short">
      <option value="">{v.t('profile.any')}</option>
      {LEVELS.map((n) => (
        <option key={n} value={n} selected={value === String(n)}>
          {n}
        </option>
      ))}
    </select>
  </Field>
);

/** A whole number: euros, days. */
const Amount = ({ name, label, value, error }: One) => (
  <Field id={idOf(name)} label={label} error={error}>
    <input
      id={idOf(name)}
      name={idOf(name)}
      class="short"
      inputMode="numeric"
      value={value}
      aria-describedby={error && `${idOf(name)}-error`}
    />
  </Field>
);

/** A list as text, separated by commas or line breaks. */
const Listed = ({ name, label, help, value, error }: One & { help: string }) => (
  <Field id={idOf(name)} label={label} help={help} error={error}>
    <textarea id={idOf(name)} name={idOf(name)} rows={2} aria-describedby={`${idOf(name)}-help`}>
      {value}
    </textarea>
  </Field>
);

const fact = (label: string, all: readonly string[] | undefined): [string, string][] =>
  all?.length ? [[label, all.join(', ')]] : [];

const amountFact = (v: Viewer, label: string, amount: number | undefined): [string, ComponentChildren][] =>
  amount === undefined ? [] : [[label, <Money v={v} amount={amount} currency="EUR" />]];

const mistakeInRange = (
  range: string,
  path: string,
  v: Viewer,
  ofEnd: 'profile.wrong.number' | 'profile.wrong.amount',
): string | null =>
  path === range ? v.t('profile.wrong.range') : path.startsWith(`${range}.`) ? v.t(ofEnd) : null;

const typesOfAction: PreferenceOnPage = {
  fields: (saved) => ({ typesOfAction: saved?.typesOfAction ?? [] }),
  read: (fields) => listAs('typesOfAction', listIn(fields, 'typesOfAction')),
  inputs: ({ v, fields }) => (
    <Choices
      legend={v.t('profile.types-of-action')}
      name="typesOfAction"
      all={ACTION_CODES}
      chosen={listIn(fields, 'typesOfAction')}
      text={(code) => v.t(`profile.action.${code}`)}
    />
  ),
  facts: (p, v) => fact(v.t('profile.types-of-action'), p.typesOfAction),
};

const isUsual = (name: string): boolean => (USUAL_PROGRAMMES as readonly string[]).includes(name);

const programmes: PreferenceOnPage = {
  fields: (saved) => ({
    programmes: (saved?.programmes ?? []).filter(isUsual),
    otherProgrammes: (saved?.programmes ?? []).filter((name) => !isUsual(name)).join('\n'),
  }),
  read: (fields, saved) =>
    listAs('programmes', [
      ...listIn(fields, 'programmes'),
      ...words(textIn(fields, 'otherProgrammes'), new Set(saved?.programmes)).map(programmeKnownAs),
    ]),
  inputs: ({ v, fields, errors }) => (
    <>
      <Choices
        legend={v.t('profile.programmes')}
        name="programmes"
        all={USUAL_PROGRAMMES}
        chosen={listIn(fields, 'programmes')}
        text={(name) => programmeName(name, v.language)}
      />
      <Listed
        name="otherProgrammes"
        label={v.t('profile.other-programmes')}
        help={v.t('profile.other-programmes.help')}
        value={textIn(fields, 'otherProgrammes')}
        error={errorAt(errors, 'programmes')}
      />
    </>
  ),
  facts: (p, v) =>
    fact(
      v.t('profile.programmes'),
      p.programmes.map((name) => programmeName(name, v.language)),
    ),
};

const roles: PreferenceOnPage = {
  fields: (saved) => ({ roles: saved?.roles ?? [] }),
  read: (fields) => listAs('roles', listIn(fields, 'roles')),
  inputs: ({ v, fields }) => (
    <Choices
      legend={v.t('profile.roles')}
      name="roles"
      all={ROLES}
      chosen={listIn(fields, 'roles')}
      text={(role) => v.t(`profile.role.${role}`)}
    />
  ),
  facts: ({ roles: all }, v) =>
    fact(
      v.t('profile.roles'),
      all?.map((role) => v.t(`profile.role.${role}`)),
    ),
};

/** By name, in the reader's language. */
const countries: PreferenceOnPage = {
  fields: (saved, language) => ({
    countries: (saved?.countries ?? []).map((code) => countryName(code, language)).join('\n'),
  }),
  read: (fields) => listAs('countries', [...new Set(words(textIn(fields, 'countries')).map(typedCountry))]),
  inputs: ({ v, fields, errors }) => (
    <Listed
      name="countries"
      label={v.t('profile.countries')}
      help={v.t('profile.countries.help')}
      value={textIn(fields, 'countries')}
      error={errorAt(errors, 'countries')}
    />
  ),
  facts: (p, v) =>
    p.countries?.length ? [[v.t('profile.countries'), countriesForPeople(p.countries, v.language)]] : [],
  mistake: (path, v) =>
    path === 'countries'
      ? v.t('profile.wrong.too-many-countries', { most: MOST_COUNTRIES })
      : /^countries\.\d+$/.test(path)
        ? v.t('profile.wrong.country')
        : null,
};

const trl: PreferenceOnPage = {
  fields: (saved) => ({ trlMin: shownNumber(saved?.trl?.min), trlMax: shownNumber(saved?.trl?.max) }),
  read: (fields, saved) => rangeAs('trl', fields, saved?.trl),
  short: true,
  inputs: ({ v, fields, errors }) => (
    <>
      <Level
        v={v}
        name="trlMin"
        label={v.t('profile.trl.from')}
        value={textIn(fields, 'trlMin')}
        error={errorAt(errors, 'trl')}
      />
      <Level v={v} name="trlMax" label={v.t('profile.trl.to')} value={textIn(fields, 'trlMax')} />
    </>
  ),
  facts: (p) => (p.trl ? [['TRL', `${p.trl.min}–${p.trl.max}`]] : []),
  mistake: (path, v) => mistakeInRange('trl', path, v, 'profile.wrong.number'),
};

const budget: PreferenceOnPage = {
  fields: (saved) => ({
    budgetMin: shownNumber(saved?.budget?.min),
    budgetMax: shownNumber(saved?.budget?.max),
  }),
  read: (fields, saved) => rangeAs('budget', fields, saved?.budget),
  short: true,
  inputs: ({ v, fields, errors }) => (
    <>
      <Amount
        name="budgetMin"
        label={v.t('profile.budget.from')}
        value={textIn(fields, 'budgetMin')}
        error={errors['budget'] ?? errors['budget.min']}
      />
      <Amount
        name="budgetMax"
        label={v.t('profile.budget.to')}
        value={textIn(fields, 'budgetMax')}
        error={errors['budget.max']}
      />
    </>
  ),
  facts: ({ budget: p }, v) => [
    ...amountFact(v, v.t('profile.budget.from'), p?.min),
    ...amountFact(v, v.t('profile.budget.to'), p?.max),
  ],
  mistake: (path, v) => mistakeInRange('budget', path, v, 'profile.wrong.amount'),
};

const leadDays: PreferenceOnPage = {
  fields: (saved) => ({ minLeadDays: shownNumber(saved?.minLeadDays) }),
  read: (fields, saved) => numberAs('minLeadDays', textIn(fields, 'minLeadDays'), saved?.minLeadDays),
  short: true,
  inputs: ({ v, fields, errors }) => (
    <Amount
      name="minLeadDays"
      label={v.t('profile.lead-days')}
      value={textIn(fields, 'minLeadDays')}
      error={errors['minLeadDays']}
    />
  ),
  facts: (p, v) => (p.minLeadDays === undefined ? [] : [[v.t('profile.lead-days'), p.minLeadDays]]),
  mistake: (path, v) => (path === 'minLeadDays' ? v.t('profile.wrong.days') : null),
};

const answersAs: PreferenceOnPage = {
  fields: (saved) => ({ answersAs: saved?.answersAs ?? [] }),
  read: (fields) => listAs('answersAs', listIn(fields, 'answersAs')),
  inputs: ({ v, fields }) => (
    <Choices
      legend={v.t('profile.answers-as')}
      name="answersAs"
      all={ADDRESSEES}
      chosen={listIn(fields, 'answersAs')}
      text={(addressee) => v.t(`profile.addressee.${addressee}`)}
    />
  ),
  facts: (p, v) =>
    fact(
      v.t('profile.answers-as'),
      p.answersAs?.map((a) => v.t(`profile.addressee.${a}`)),
    ),
};

/** In the order of the form. */
const PREFERENCES_ON_PAGE: readonly PreferenceOnPage[] = [
  typesOfAction,
  programmes,
  roles,
  countries,
  trl,
  budget,
  leadDays,
  answersAs,
];

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
