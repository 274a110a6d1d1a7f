import type { Viewer } from '../../../ui/viewer.js';
import { Field } from '../../../ui/parts.js';
import type { CompetenceFields } from '../profile-form.js';
import { errorAt, type Errors } from '../form-errors.js';
import type { Language } from '../../../kernel/language.js';

/** Connects a field to its help and its error. */
const described = (name: string, error: string | undefined, help?: boolean) => ({
  id: name,
  name,
  'aria-invalid': error ? (true as const) : undefined,
  'aria-describedby':
    [help && `${name}-help`, error && `${name}-error`].filter(Boolean).join(' ') || undefined,
});

function Words({
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
const Carried = ({ name, c }: { name: string; c: CompetenceFields }) => (
  <>
    {(['labels.fr', 'labels.en', 'description', 'exclusions', 'weight'] as const).map((f) => (
      <input key={f} type="hidden" name={`${name}.${f}`} value={c[f]} />
    ))}
  </>
);

/** The names of a competence for readers of each language. */
const OtherLabels = ({
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

function More({ v, name, c, errors }: { v: Viewer; name: string; c: CompetenceFields; errors: Errors }) {
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

/** The number of keywords shown of a folded competence. */
const CHIPS = 8;

/**
 * The keywords; while folded, the first ones and how many more. A script asks the matcher how many calls
 * contain each, and fills in the counts.
 */
function KeywordChips({ v, c }: { v: Viewer; c: CompetenceFields }) {
  const words = c.keywords.split('\n').flatMap((word) => word.trim() || []);
  if (words.length === 0) return <span class="muted">{v.t('profile.keywords.none')}</span>;
  return (
    <>
      {words.map((word, i) => (
        <span key={word} class={i < CHIPS ? 'keyword' : 'keyword unfolded'} data-keyword={word}>
          {word}
        </span>
      ))}
      {words.length > CHIPS && (
        <span class="muted small folded">{v.t('profile.keywords.more', { n: words.length - CHIPS })}</span>
      )}
    </>
  );
}

interface Props {
  v: Viewer;
  list: CompetenceFields[];
  errors: Errors;
  /** Asks only for name and keywords; the rest is carried along. */
  brief?: boolean;
  /** The competence just added, which gets the focus. */
  fresh?: number | null;
  /** The URL that returns the form, for a script that swaps it in place. */
  at: string;
}

/** A button that only rearranges the form: it comes back with everything that was typed. */
export const Rearrange = ({
  at,
  action,
  label,
  class: look,
}: {
  at: string;
  action: string;
  label: string;
  class?: string;
}) => (
  <button
    type="submit"
    name="action"
    value={action}
    id={`button-${action}`}
    class={look}
    hx-post={at}
    hx-target="#workbench"
    hx-select="#workbench"
    hx-swap="outerHTML"
  >
    {label}
  </button>
);

interface One extends Omit<Props, 'list'> {
  c: CompetenceFields;
  i: number;
  last: boolean;
}

function Inputs({ v, c, i, last, errors, brief, fresh, at }: One) {
  const name = `competences.${i}`;
  const label = errorAt(errors, `${name}.label`);
  return (
    <>
      <Field id={`${name}.label`} label={v.t('profile.label')} error={label}>
        <input
          {...described(`${name}.label`, label)}
          value={c.label}
          maxLength={200}
          autofocus={fresh === i}
        />
      </Field>
      {!brief && <OtherLabels v={v} name={name} c={c} errors={errors} />}
      <div class={brief ? undefined : 'halves'}>
        <Words
          v={v}
          name={`${name}.keywords`}
          value={c.keywords}
          errors={errors}
          label="profile.keywords"
          help="profile.keywords.help"
        />
        {brief ? (
          <Carried name={name} c={c} />
        ) : (
          <div>
            <More v={v} name={name} c={c} errors={errors} />
          </div>
        )}
      </div>
      <p class="row competence-actions">
        {!brief && i > 0 && <Rearrange at={at} action={`up-${i}`} label={v.t('profile.up')} />}
        {!brief && !last && <Rearrange at={at} action={`down-${i}`} label={v.t('profile.down')} />}
        <Rearrange
          at={at}
          action={`remove-${i}`}
          label={v.t('profile.remove-competence', { label: labelOf(c, v.language) || c.label || '…' })}
          class="danger"
        />
      </p>
    </>
  );
}

/** Returns its name for the reader, if it has one in their language. */
function labelOf(c: CompetenceFields, language: Language): string | undefined {
  const fields: Partial<Record<string, string>> = { ...c };
  return fields[`labels.${language}`];
}

function Competence({
  folded,
  ...one
}: One & {
  /** Folded to its keywords; on a phone always, except if it was just edited. */
  folded: boolean;
}) {
  const { v, c, i, errors, brief, fresh } = one;
  const name = `competences.${i}`;
  const wrong = Object.keys(errors).some((path) => path.startsWith(`${name}.`));
  const needed = wrong || fresh === i || c.label === '';
  return (
    <fieldset class="card competence" id={name}>
      <legend>{labelOf(c, v.language) || c.label || v.t('profile.competence.new')}</legend>
      {brief ? (
        <Inputs {...one} />
      ) : (
        <details open={needed || !folded} data-fold={needed ? undefined : 'narrow'}>
          <summary>
            <KeywordChips v={v} c={c} />
          </summary>
          <Inputs {...one} />
        </details>
      )}
    </fieldset>
  );
}

/** Up to this many are shown unfolded. */
const FEW = 3;

/** The competences of a form, one fieldset each, with a button to add one. */
export function CompetenceList(props: Props) {
  const { v, list, errors, at } = props;
  return (
    <>
      {errors['competences'] && (
        <p class="error" id="competences-error">
          {errors['competences']}
        </p>
      )}
      <div class={props.brief ? 'brief' : undefined}>
        {list.map((c, i) => (
          <Competence
            key={i}
            {...props}
            folded={!props.brief && list.length > FEW}
            c={c}
            i={i}
            last={i === list.length - 1}
          />
        ))}
      </div>
      <p>
        <Rearrange at={at} action="add" label={v.t('profile.add-competence')} />
      </p>
    </>
  );
}
