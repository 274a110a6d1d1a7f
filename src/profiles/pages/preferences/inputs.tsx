import { Field } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';

/** Returns the form name of a preference field. */
const idOf = (name: string): string => `preferences.${name}`;

const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Several choices out of a few. */
export const Choices = <T extends string>({
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
export const Level = ({ v, name, label, value, error }: One & { v: Viewer }) => (
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
export const Amount = ({ name, label, value, error }: One) => (
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
export const Listed = ({ name, label, help, value, error }: One & { help: string }) => (
  <Field id={idOf(name)} label={label} help={help} error={error}>
    <textarea id={idOf(name)} name={idOf(name)} rows={2} aria-describedby={`${idOf(name)}-help`}>
      {value}
    </textarea>
  </Field>
);
