import type { Viewer } from '../../../ui/viewer.js';
import { Field } from '../../../ui/parts.js';
import { Carried, described, More, OtherLabels, Words } from './competence-inputs.js';
import { KeywordChips } from './keyword-chips.js';
import type { CompetenceFields } from '../profile-form.js';
import { errorAt, type Errors } from '../form-errors.js';
import { type Language } from '../../../kernel/language.js';

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
