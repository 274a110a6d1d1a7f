import { Field } from '../../ui/parts.js';
import type { Typed } from '../../ui/typed.js';

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

/**
 * Where the name or the address of somebody else is typed: what the browser knows of oneself is not proposed.
 */
export const PersonInput = ({ kind, ...rest }: Input) =>
  kind === 'email' ? (
    <input {...rest} type="email" maxLength={320} autocomplete="off" />
  ) : (
    <input {...rest} maxLength={200} autocomplete="off" />
  );

/** Whom an invitation goes to. */
export const PersonFields = ({
  id,
  fields,
  sent: { typed, errors },
}: {
  /** What the ids of the fields begin with. */
  id: string;
  /** Under which name each is sent, and how it is called. */
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
