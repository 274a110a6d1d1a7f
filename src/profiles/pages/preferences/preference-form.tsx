import type { ComponentChildren } from 'preact';
import { ACTION_CODES } from '../../../calls/domain/action-code.js';
import { ADDRESSEES } from '../../../calls/domain/addressee.js';
import { countriesForPeople, countryName, typedCountry } from '../../../calls/domain/countries.js';
import { programmeKnownAs, programmeName } from '../../../calls/domain/names-in.js';
import { ROLES } from '../../../calls/domain/role-rules.js';
import { MOST_COUNTRIES, USUAL_PROGRAMMES } from '../../domain/preferences.js';
import { Money } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { errorAt } from '../form-errors.js';
import { Amount, Choices, Level, Listed } from './inputs.js';
import {
  listAs,
  listIn,
  numberAs,
  rangeAs,
  shownNumber,
  textIn,
  words,
  type PreferenceOnPage,
} from './preference-on-page.js';

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
export const PREFERENCES_ON_PAGE: readonly PreferenceOnPage[] = [
  typesOfAction,
  programmes,
  roles,
  countries,
  trl,
  budget,
  leadDays,
  answersAs,
];
