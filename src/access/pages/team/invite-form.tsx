import { InstituteRole } from '../../team.js';
import { ConfirmFirst } from '../../../ui/confirm.js';
import { Field, LanguageOptions } from '../../../ui/parts.js';
import type { Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';

/** The form with which somebody is invited. */
export function InviteForm({
  v,
  action,
  roles,
  sent: { typed, errors },
}: {
  v: Viewer;
  action: string;
  roles: boolean;
  sent: Typed;
}) {
  return (
    <form method="post" action={action}>
      <ConfirmFirst v={v} />
      {errors[''] && (
        <p class="error" role="alert">
          {errors['']}
        </p>
      )}
      <div class="fields long">
        <Field id="invite-name" label={v.t('team.name')} error={errors['name']}>
          <input
            id="invite-name"
            name="name"
            required
            maxLength={200}
            autocomplete="off"
            value={typed['name']}
            aria-describedby={errors['name'] ? 'invite-name-error' : undefined}
          />
        </Field>
        <Field id="invite-email" label={v.t('team.email')} error={errors['email']}>
          <input
            id="invite-email"
            name="email"
            type="email"
            required
            maxLength={320}
            autocomplete="off"
            value={typed['email']}
            aria-describedby={errors['email'] ? 'invite-email-error' : undefined}
          />
        </Field>
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
