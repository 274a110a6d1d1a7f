import { ConfirmFirst, Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { Rearrange } from './competences/competence-fields.js';
import type { ContactFields } from './profile-form.js';
import { errorAt, type Errors } from './form-errors.js';
import { languageTitleTo } from '../../i18n/message.js';
import { Language } from '../../kernel/language.js';

/** The language of messages to a person; the institute's if nothing is chosen. */
export function LanguageChoice({
  v,
  id,
  value,
  label,
  open,
}: {
  v: Viewer;
  id: string;
  value: string;
  label: string;
  open?: boolean;
}) {
  return (
    <Field id={id} label={label}>
      <select id={id} name={id}>
        {open && (
          <option value="" selected={value === ''}>
            {v.t('profile.language.institute')}
          </option>
        )}
        {Language.options.map((language) => (
          <option key={language} value={language} selected={value === language}>
            {languageTitleTo(v.language, language)}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Contact({
  v,
  c,
  i,
  errors,
  at,
}: {
  v: Viewer;
  c: ContactFields;
  i: number;
  errors: Errors;
  at: string;
}) {
  const name = `contacts.${i}`;
  const [wrongName, wrongEmail] = [errorAt(errors, `${name}.name`), errorAt(errors, `${name}.email`)];
  return (
    <fieldset class="contact">
      <legend class="hidden-visually">{c.name || c.email || v.t('profile.contact.new')}</legend>
      <Field id={`${name}.name`} label={v.t('form.name')} error={wrongName}>
        <input
          id={`${name}.name`}
          name={`${name}.name`}
          value={c.name}
          maxLength={200}
          aria-describedby={wrongName && `${name}.name-error`}
        />
      </Field>
      <Field id={`${name}.email`} label={v.t('profile.contact.email')} error={wrongEmail}>
        <input
          id={`${name}.email`}
          name={`${name}.email`}
          type="email"
          value={c.email}
          maxLength={320}
          aria-describedby={wrongEmail && `${name}.email-error`}
        />
      </Field>
      <LanguageChoice v={v} id={`${name}.language`} value={c.language} label={v.t('form.language')} open />
      <Rearrange
        at={at}
        action={`remove-contact-${i}`}
        label={v.t('form.remove-named', { name: c.name || c.email || '…' })}
        class="danger"
      />
    </fieldset>
  );
}

/** Why the contacts of a form without their fields are not saved, and the way to have them saved. */
export const ContactsRefused = ({ v, says }: { v: Viewer; says: string | undefined }) =>
  says ? (
    <>
      <p class="notice bad" role="alert">
        {says}
      </p>
      <ConfirmFirst v={v} />
    </>
  ) : null;

/** Who gets e-mails. */
export function ContactList({
  v,
  list,
  errors,
  at,
}: {
  v: Viewer;
  list: ContactFields[];
  errors: Errors;
  at: string;
}) {
  return (
    <section class="card" aria-labelledby="contacts-title">
      <h2 id="contacts-title">{v.t('profile.contacts')}</h2>
      <p class="muted">{v.t('profile.contacts.help')}</p>
      <ConfirmFirst v={v} />
      {errors['contacts'] && <p class="error">{errors['contacts']}</p>}
      {list.map((c, i) => (
        <Contact key={i} v={v} c={c} i={i} errors={errors} at={at} />
      ))}
      <p>
        <Rearrange at={at} action="add-contact" label={v.t('profile.add-contact')} />
      </p>
    </section>
  );
}
