import type { ComponentChildren } from 'preact';
import { may } from '../../kernel/actor.js';
import { LEADS, ROLES, type Facts } from '../domain/opportunity.js';
import { linesIn, numberIn, textIn, type FormFields } from '../../ui/form.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

const amountIn = (value: unknown): unknown => numberIn(value) ?? null;

/** The facts in a form: an empty field means unknown. */
export const factsIn = (fields: FormFields): FormFields => ({
  lead: fields['lead'] ?? null,
  leadName: fields['leadName'] ?? null,
  role: fields['role'] ?? null,
  partners: linesIn(fields['partners']),
  requested: amountIn(fields['requested']),
  currency: (textIn(fields['currency']) || 'EUR').toUpperCase(),
  share: amountIn(fields['share']),
  probability: amountIn(fields['probability']),
  proposalNumber: fields['proposalNumber'] ?? null,
  decideBy: fields['decideBy'] ?? null,
  signedOn: fields['signedOn'] ?? null,
});

/** The values of the fields, as text. */
export type FactsTyped = Record<keyof Facts, string>;

export const typedOf = (facts: Facts): FactsTyped => ({
  lead: facts.lead ?? '',
  leadName: facts.leadName ?? '',
  role: facts.role ?? '',
  partners: facts.partners.join('\n'),
  requested: facts.requested?.toString() ?? '',
  currency: facts.currency,
  share: facts.share?.toString() ?? '',
  probability: facts.probability?.toString() ?? '',
  proposalNumber: facts.proposalNumber ?? '',
  decideBy: facts.decideBy ?? '',
  signedOn: facts.signedOn ?? '',
});

interface Shown {
  v: Viewer;
  action: string;
  typed: FactsTyped;
  errors: Record<string, string>;
}

/** The fields, each with its label and its error. */
function fieldsFor({ v, typed, errors }: Shown) {
  const writes = may(v.actor, 'pipeline.write');
  const attributes = (name: keyof Facts) => ({
    id: `f-${name}`,
    name,
    disabled: !writes,
    'aria-invalid': errors[name] ? true : undefined,
    'aria-describedby': errors[name] ? `f-${name}-error` : undefined,
  });
  const field = (name: keyof Facts, control: ComponentChildren, help?: string) => (
    <Field
      id={`f-${name}`}
      label={v.t(`pipeline.facts.${name}`)}
      error={errors[name]}
      {...(help !== undefined && { help })}
    >
      {control}
    </Field>
  );
  const line = (name: keyof Facts) => field(name, <input {...attributes(name)} value={typed[name]} />);
  const day = (name: keyof Facts) =>
    field(name, <input type="date" {...attributes(name)} value={typed[name]} />);
  const choice = (name: 'lead' | 'role', options: { value: string; text: string }[]) =>
    field(
      name,
      <select {...attributes(name)}>
        <option value="">{v.t('pipeline.not-said')}</option>
        {options.map(({ value, text }) => (
          <option key={value} value={value} selected={typed[name] === value}>
            {text}
          </option>
        ))}
      </select>,
    );
  return { field, line, day, choice, attributes };
}

/** The form for the facts of a bid. */
export function FactsForm(shown: Shown) {
  const { v, action, typed } = shown;
  const writes = may(v.actor, 'pipeline.write');
  const { field, line, day, choice, attributes } = fieldsFor(shown);
  return (
    <form method="post" action={action} class="pipeline-facts">
      {choice(
        'lead',
        LEADS.map((l) => ({ value: l, text: v.t(`pipeline.lead.${l}`) })),
      )}
      {line('leadName')}
      {choice(
        'role',
        ROLES.map((r) => ({ value: r, text: v.t(`pipeline.role.${r}`) })),
      )}
      {field(
        'partners',
        <textarea rows={3} {...attributes('partners')}>
          {typed.partners}
        </textarea>,
        v.t('pipeline.facts.partners-help'),
      )}
      {line('requested')}
      {line('share')}
      {line('currency')}
      {line('probability')}
      {line('proposalNumber')}
      {day('decideBy')}
      {day('signedOn')}
      {writes && (
        <button type="submit" class="primary">
          {v.t('pipeline.save')}
        </button>
      )}
    </form>
  );
}
