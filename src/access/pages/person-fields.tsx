import { Field } from '../../ui/parts.js';
import type { Typed } from '../../ui/form.js';

type Kind = 'name' | 'email';

interface Input {
  kind: Kind;
  name: string;
  value: string | undefined;
  id?: string;
  required?: boolean;
  placeholder?: string;
  'aria-label'?: string;
  'aria-invalid'?: true | undefined;
  'aria-describedby'?: string | undefined;
}

/** An input for somebody else's name or address, without the browser's autofill of the user's own. */
export const PersonInput = ({ kind, ...rest }: Input) =>
  kind === 'email' ? (
    <input {...rest} type="email" maxLength={320} autocomplete="off" />
  ) : (
    <input {...rest} maxLength={200} autocomplete="off" />
  );

/** The recipient of an invitation. */
export const PersonFields = ({
  id,
  fields,
  sent: { typed, errors },
}: {
  /** The prefix of the field ids. */
  id: string;
  /** Form name and label of each field. */
  fields: Record<Kind, { name: string; label: string }>;
  sent: Typed;
}) => (
  <>
    {(['name', 'email'] as const).map((kind) => {
      const { name, label } = fields[kind];
      const own = `${id}-${kind}`;
      return (
        <Field key={kind} id={own} label={label} error={errors[name]}>
          <PersonInput
            kind={kind}
            id={own}
            name={name}
            required
            value={typed[name]}
            aria-describedby={errors[name] ? `${own}-error` : undefined}
          />
        </Field>
      );
    })}
  </>
);
