import { InstituteRole } from '../../team.js';
import { ConfirmFirst } from '../../../ui/confirm.js';
import { Field, FormError, LanguageOptions } from '../../../ui/parts.js';
import type { Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';
import { PersonFields } from '../person-fields.js';

/** The invitation form. */
export function InviteForm({
  v,
  action,
  roles,
  sent,
}: {
  v: Viewer;
  action: string;
  roles: boolean;
  sent: Typed;
}) {
  const { typed, errors } = sent;
  return (
    <form method="post" action={action}>
      <ConfirmFirst v={v} />
      <FormError says={errors['']} />
      <div class="fields long">
        <PersonFields
          id="invite"
          fields={{
            name: { name: 'name', label: v.t('team.name') },
            email: { name: 'email', label: v.t('team.email') },
          }}
          sent={sent}
        />
        <Field id="invite-language" label={v.t('team.language')} error={errors['language']}>
          <select id="invite-language" name="language">
            <LanguageOptions v={v} chosen={typed['language'] ?? v.language} />
          </select>
        </Field>
      </div>
      {roles && <Roles v={v} chosen={typed['role'] ?? 'officer'} />}
      <button class="primary" type="submit">
        {v.t('team.send')}
      </button>
    </form>
  );
}

function Roles({ v, chosen }: { v: Viewer; chosen: string }) {
  return (
    <fieldset>
      <legend>{v.t('team.role')}</legend>
      {InstituteRole.options.map((r) => (
        <label key={r} class="choice">
          <input type="radio" name="role" value={r} checked={r === chosen} />
          <span>
            {v.t(`team.role.${r}`)} <span class="muted small">{v.t(`team.role.${r}.may`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
