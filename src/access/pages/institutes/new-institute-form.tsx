import { ConfirmFirst } from '../../../ui/confirm.js';
import { Field, FormError, LanguageOptions } from '../../../ui/parts.js';
import type { Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';
import { PersonFields } from '../person-fields.js';

interface Shown {
  v: Viewer;
  sent: Typed;
}

function InstituteFields({ v, sent: { typed, errors } }: Shown) {
  return (
    <div class="fields long">
      <Field id="institute-name" label={v.t('network.new.name')} error={errors['name']}>
        <input
          id="institute-name"
          name="name"
          required
          maxLength={200}
          autocomplete="off"
          value={typed['name']}
        />
      </Field>
      <Field
        id="institute-id"
        label={v.t('network.new.id')}
        help={v.t('network.new.id-help')}
        error={errors['id']}
      >
        <input
          id="institute-id"
          name="id"
          required
          maxLength={63}
          pattern="[a-z0-9][a-z0-9\-]*"
          autocomplete="off"
          value={typed['id']}
          aria-describedby={errors['id'] ? 'institute-id-help institute-id-error' : 'institute-id-help'}
        />
      </Field>
      <Field id="institute-language" label={v.t('network.new.language')} error={errors['language']}>
        <select id="institute-language" name="language">
          <LanguageOptions v={v} chosen={typed['language'] ?? v.language} />
        </select>
      </Field>
    </div>
  );
}

const OfficerFields = ({ v, sent }: Shown) => (
  <div class="fields long">
    <PersonFields
      id="officer"
      fields={{
        name: { name: 'officerName', label: v.t('network.new.officer-name') },
        email: { name: 'officerEmail', label: v.t('network.new.officer-email') },
      }}
      sent={sent}
    />
  </div>
);

/** The form for adding an institute. */
export function NewInstituteForm(shown: Shown) {
  const { v, sent } = shown;
  return (
    <form method="post" action="/institutes">
      <p class="muted small">{v.t('network.new.says')}</p>
      <ConfirmFirst v={v} />
      <FormError says={sent.errors['']} />
      <InstituteFields {...shown} />
      <OfficerFields {...shown} />
      <button class="primary" type="submit">
        {v.t('team.send')}
      </button>
    </form>
  );
}
