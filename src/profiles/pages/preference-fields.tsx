import {
  ACTION_CODES,
  ADDRESSEES,
  type Addressee,
  ROLES,
  type Role,
  programmeName,
} from '../../calls/domain/index.js';
import { USUAL_PROGRAMMES } from '../domain/preferences.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { PreferenceFields } from './profile-form.js';
import { errorAt, type Errors } from './profile-sent.js';

interface Props {
  v: Viewer;
  p: PreferenceFields;
  errors: Errors;
}

const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

const Choices = ({
  legend,
  name,
  all,
  chosen,
  text,
}: {
  legend: string;
  name: string;
  all: readonly string[];
  chosen: string[];
  text: (value: string) => string;
}) => (
  <fieldset>
    <legend>{legend}</legend>
    <div class="choices">
      {all.map((value) => (
        <label key={value} class="choice">
          <input type="checkbox" name={name} value={value} checked={chosen.includes(value)} />
          {text(value)}
        </label>
      ))}
    </div>
  </fieldset>
);

function Level({
  v,
  end,
  value,
  error,
}: {
  v: Viewer;
  end: 'trlMin' | 'trlMax';
  value: string;
  error?: string | undefined;
}) {
  const id = `preferences.${end}`;
  return (
    <Field id={id} label={v.t(end === 'trlMin' ? 'profile.trl.from' : 'profile.trl.to')} error={error}>
      <select id={id} name={id} class="short">
        <option value="">{v.t('profile.any')}</option>
        {LEVELS.map((n) => (
          <option key={n} value={n} selected={value === String(n)}>
            {n}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Amount({
  v,
  name,
  label,
  value,
  error,
}: {
  v: Viewer;
  name: string;
  label: 'profile.budget.from' | 'profile.budget.to' | 'profile.lead-days';
  value: string;
  error?: string | undefined;
}) {
  const id = `preferences.${name}`;
  return (
    <Field id={id} label={v.t(label)} error={error}>
      <input
        id={id}
        name={id}
        class="short"
        inputMode="numeric"
        value={value}
        aria-describedby={error && `${id}-error`}
      />
    </Field>
  );
}

/** What is written in words, parted by commas or lines. */
function Listed({
  p,
  name,
  label,
  help,
  error,
}: Pick<Props, 'p'> & {
  name: 'otherProgrammes' | 'countries';
  label: string;
  help: string;
  error: string | undefined;
}) {
  const id = `preferences.${name}`;
  return (
    <Field id={id} label={label} help={help} error={error}>
      <textarea id={id} name={id} rows={2} aria-describedby={`${id}-help`}>
        {p[name]}
      </textarea>
    </Field>
  );
}

const errorIn =
  (errors: Errors) =>
  (path: string): string | undefined =>
    errorAt(errors, `preferences.${path}`);

function Limits({ v, p, errors }: Props) {
  const at = errorIn(errors);
  return (
    <div class="pairs">
      <Level v={v} end="trlMin" value={p.trlMin} error={at('trl')} />
      <Level v={v} end="trlMax" value={p.trlMax} />
      <Amount
        v={v}
        name="budgetMin"
        label="profile.budget.from"
        value={p.budgetMin}
        error={errors['preferences.budget'] ?? at('budget.min')}
      />
      <Amount v={v} name="budgetMax" label="profile.budget.to" value={p.budgetMax} error={at('budget.max')} />
      <Amount
        v={v}
        name="minLeadDays"
        label="profile.lead-days"
        value={p.minLeadDays}
        error={at('minLeadDays')}
      />
    </div>
  );
}

/** What the institute would rather have; no call is left out for it. */
export function PreferenceList(props: Props) {
  const { v, p, errors } = props;
  const at = errorIn(errors);
  return (
    <section class="card" aria-labelledby="preferences-title">
      <h2 id="preferences-title">{v.t('profile.preferences')}</h2>
      <p class="muted">{v.t('profile.preferences.help')}</p>
      <Choices
        legend={v.t('profile.types-of-action')}
        name="preferences.typesOfAction"
        all={ACTION_CODES}
        chosen={p.typesOfAction}
        text={(c) => v.t(`profile.action.${c as (typeof ACTION_CODES)[number]}`)}
      />
      <Choices
        legend={v.t('profile.programmes')}
        name="preferences.programmes"
        all={USUAL_PROGRAMMES}
        chosen={p.programmes}
        text={(c) => programmeName(c, v.language)}
      />
      <Listed
        p={p}
        name="otherProgrammes"
        label={v.t('profile.other-programmes')}
        help={v.t('profile.other-programmes.help')}
        error={at('programmes')}
      />
      <Choices
        legend={v.t('profile.roles')}
        name="preferences.roles"
        all={ROLES}
        chosen={p.roles}
        text={(r) => v.t(`profile.role.${r as Role}`)}
      />
      <Listed
        p={p}
        name="countries"
        label={v.t('profile.countries')}
        help={v.t('profile.countries.help')}
        error={at('countries')}
      />
      <Limits {...props} />
      <Choices
        legend={v.t('profile.answers-as')}
        name="preferences.answersAs"
        all={ADDRESSEES}
        chosen={p.answersAs}
        text={(c) => v.t(`profile.addressee.${c as Addressee}`)}
      />
    </section>
  );
}
