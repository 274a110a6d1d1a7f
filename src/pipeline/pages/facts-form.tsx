import type { ComponentChildren } from 'preact';
import { may } from '../../kernel/actor.js';
import { amountForPeople } from '../../calls/domain/facts/budget.js';
import { numberTo } from '../../i18n/message.js';
import { webAddress } from '../../kernel/web-address.js';
import { dayText } from '../../ui/dates.js';
import { documentIn, documentLine, FACTS, LEADS, ROLES, type Facts } from '../domain/opportunity.js';
import { type FormFields, linesIn, numberIn, textIn } from '../../ui/form.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** "650,000" and "650.000": no amount has thousandths. */
const GROUPED = /^[1-9]\d{0,2}([.,]\d{3})+$/;
const amountIn = (value: unknown): unknown =>
  numberIn(GROUPED.test(textIn(value)) ? textIn(value).replace(/[.,]/g, '') : value) ?? null;
const amountText = (amount: number | null): string =>
  amount === null ? '' : String(Math.round(amount * 100) / 100);

/** The facts in a form: an empty field means unknown. */
export const factsIn = (fields: FormFields): FormFields => ({
  acronym: fields['acronym'] ?? null,
  lead: fields['lead'] ?? null,
  leadName: fields['leadName'] ?? null,
  role: fields['role'] ?? null,
  partners: linesIn(fields['partners']),
  requested: amountIn(fields['requested']),
  currency: (textIn(fields['currency']) || 'EUR').toUpperCase(),
  share: amountIn(fields['share']),
  probability: numberIn(fields['probability']) ?? null,
  proposalNumber: fields['proposalNumber'] ?? null,
  decideBy: fields['decideBy'] ?? null,
  signedOn: fields['signedOn'] ?? null,
  documents: linesIn(fields['documents']).map(documentIn),
});

/** The values of the fields, as text. */
export type FactsTyped = Record<keyof Facts, string>;

export const typedOf = (facts: Facts): FactsTyped => ({
  acronym: facts.acronym ?? '',
  lead: facts.lead ?? '',
  leadName: facts.leadName ?? '',
  role: facts.role ?? '',
  partners: facts.partners.join('\n'),
  requested: amountText(facts.requested),
  currency: facts.currency,
  share: amountText(facts.share),
  probability: facts.probability?.toString() ?? '',
  proposalNumber: facts.proposalNumber ?? '',
  decideBy: facts.decideBy ?? '',
  signedOn: facts.signedOn ?? '',
  documents: facts.documents.map(documentLine).join('\n'),
});

interface Shown {
  v: Viewer;
  action: string;
  typed: FactsTyped;
  errors: Record<string, string>;
}

/** The fields, each with its label and its error. */
function fieldsFor({ v, typed, errors }: Shown) {
  // Of a list, that of its first line that is wrong.
  const errorOf = (name: keyof Facts): string | undefined =>
    Object.entries(errors).find(([path]) => path === name || path.startsWith(`${name}.`))?.[1];
  const attributes = (name: keyof Facts) => ({
    id: `f-${name}`,
    name,
    'aria-invalid': errorOf(name) ? true : undefined,
    'aria-describedby': errorOf(name) ? `f-${name}-error` : undefined,
  });
  const field = (name: keyof Facts, control: ComponentChildren, help?: string) => (
    <Field
      id={`f-${name}`}
      label={v.t(`pipeline.facts.${name}`)}
      error={errorOf(name)}
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
        <option value="">{v.t('not-stated')}</option>
        {options.map(({ value, text }) => (
          <option key={value} value={value} selected={typed[name] === value}>
            {text}
          </option>
        ))}
      </select>,
    );
  return { field, line, day, choice, attributes };
}

/** What is known of a fact, as people read it; null if nothing is. */
function said(v: Viewer, name: keyof Facts, facts: Facts): ComponentChildren {
  switch (name) {
    case 'lead':
      return facts.lead && v.t(`pipeline.lead.${facts.lead}`);
    case 'role':
      return facts.role && v.t(`pipeline.role.${facts.role}`);
    case 'partners':
      return facts.partners.join(' · ') || null;
    case 'requested':
    case 'share': {
      const amount = facts[name];
      return amount === null ? null : amountForPeople(amount, facts.currency, v.language);
    }
    case 'probability':
      return facts.probability === null ? null : `${numberTo(v.language, facts.probability)}\u00a0%`;
    case 'decideBy':
    case 'signedOn': {
      const day = facts[name];
      return day === null ? null : dayText(v, day);
    }
    case 'documents':
      return facts.documents.length === 0 ? null : (
        <ul class="plain-list">
          {facts.documents.map(({ label, url }) => (
            <li key={url}>
              <a href={webAddress(url)!} target="_blank" rel="noopener noreferrer">
                {label}
                <span class="hidden-visually"> {v.t('new-window')}</span>
              </a>
            </li>
          ))}
        </ul>
      );
    case 'currency':
      return null;
    default:
      return facts[name];
  }
}

const NAMES = (Object.keys(FACTS) as (keyof Facts)[]).filter((name) => name !== 'currency');

/** What is known of a bid, and a link to add each of the rest; the form opens for either. */
export function BidFacts({ facts, ...shown }: Shown & { facts: Facts }) {
  const { v, errors } = shown;
  const writes = may(v.actor, 'pipeline.write');
  const known = NAMES.flatMap((name) => {
    const says = said(v, name, facts);
    return says === null ? [] : [{ name, says }];
  });
  const missing = NAMES.filter((name) => !known.some((k) => k.name === name));
  return (
    <>
      {known.length > 0 && (
        <dl class="facts">
          {known.map(({ name, says }) => (
            <>
              <dt>{v.t(`pipeline.facts.${name}`)}</dt>
              <dd>{says}</dd>
            </>
          ))}
        </dl>
      )}
      {known.length === 0 && !writes && <p class="muted">{v.t('pipeline.facts-none')}</p>}
      {writes && (
        <>
          {missing.length > 0 && (
            <ul class="plain-list to-add no-print" aria-label={v.t('form.add')}>
              {missing.map((name) => (
                <li key={name}>
                  <a href={`#f-${name}`}>
                    <span aria-hidden="true">+ </span>
                    {v.t(`pipeline.facts.${name}`)}
                  </a>
                </li>
              ))}
            </ul>
          )}
          <details class="no-print" open={Object.keys(errors).length > 0}>
            <summary>{v.t('form.edit')}</summary>
            <FactsForm {...shown} />
          </details>
        </>
      )}
    </>
  );
}

function FactsForm(shown: Shown) {
  const { v, action, typed } = shown;
  const { field, line, day, choice, attributes } = fieldsFor(shown);
  return (
    <form method="post" action={action} class="pipeline-facts">
      {line('acronym')}
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
      {field(
        'documents',
        <textarea rows={3} {...attributes('documents')}>
          {typed.documents}
        </textarea>,
        v.t('pipeline.facts.documents-help'),
      )}
      <button type="submit" class="primary">
        {v.t('form.save')}
      </button>
    </form>
  );
}
