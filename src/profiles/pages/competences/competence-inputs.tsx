import type { Viewer } from '../../../ui/viewer.js';
import { Field } from '../../../ui/parts.js';
import type { CompetenceFields } from '../profile-form.js';
import { errorAt, type Errors } from '../form-errors.js';

/** Connects a field to its help and its error. */
export const described = (name: string, error: string | undefined, help?: boolean) => ({
  id: name,
  name,
  'aria-invalid': error ? (true as const) : undefined,
  'aria-describedby':
    [help && `${name}-help`, error && `${name}-error`].filter(Boolean).join(' ') || undefined,
});

export function Words({
  v,
  name,
  value,
  errors,
  help,
  label,
}: {
  v: Viewer;
  name: string;
  value: string;
  errors: Errors;
  help: 'profile.keywords.help' | 'profile.exclusions.help';
  label: 'profile.keywords' | 'profile.exclusions';
}) {
  const error = errorAt(errors, name);
  return (
    <Field id={name} label={v.t(label)} help={v.t(help)} error={error}>
      <textarea
        {...described(name, error, true)}
        rows={Math.min(14, Math.max(3, value.split('\n').length + 1))}
        spellcheck={false}
      >
        {value}
      </textarea>
    </Field>
  );
}

/** Carries what the short form does not ask for. */
export const Carried = ({ name, c }: { name: string; c: CompetenceFields }) => (
  <>
    {(['labels.fr', 'labels.en', 'description', 'exclusions', 'weight'] as const).map((f) => (
      <input key={f} type="hidden" name={`${name}.${f}`} value={c[f]} />
    ))}
  </>
);

/** The names of a competence for readers of each language. */
export const OtherLabels = ({
  v,
  name,
  c,
  errors,
}: {
  v: Viewer;
  name: string;
  c: CompetenceFields;
  errors: Errors;
}) => (
  <div class="pairs">
    {(['fr', 'en'] as const).map((language) => {
      const at = `${name}.labels.${language}`;
      return (
        <Field
          key={language}
          id={at}
          label={v.t(`profile.label.${language}`)}
          help={v.t('profile.label.help')}
          error={errorAt(errors, at)}
        >
          <input
            {...described(at, errorAt(errors, at), true)}
            value={c[`labels.${language}`]}
            maxLength={200}
            lang={language}
          />
        </Field>
      );
    })}
  </div>
);

export function More({
  v,
  name,
  c,
  errors,
}: {
  v: Viewer;
  name: string;
  c: CompetenceFields;
  errors: Errors;
}) {
  const [description, weight] = [errorAt(errors, `${name}.description`), errorAt(errors, `${name}.weight`)];
  return (
    <>
      <Words
        v={v}
        name={`${name}.exclusions`}
        value={c.exclusions}
        errors={errors}
        label="profile.exclusions"
        help="profile.exclusions.help"
      />
      <Field id={`${name}.description`} label={v.t('profile.description')} error={description}>
        <textarea {...described(`${name}.description`, description)} rows={3} maxLength={4000}>
          {c.description}
        </textarea>
      </Field>
      <Field
        id={`${name}.weight`}
        label={v.t('profile.weight')}
        help={v.t('profile.weight.help')}
        error={weight}
      >
        <input
          {...described(`${name}.weight`, weight, true)}
          class="short"
          inputMode="decimal"
          value={c.weight}
        />
      </Field>
    </>
  );
}
