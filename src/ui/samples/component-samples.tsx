import { STATUSES } from '../../calls/domain/status.js';
import { ConfirmFirst, ConfirmForm } from '../confirm.js';
import { Downloads } from '../downloads.js';
import { Identifier } from '../identifier.js';
import {
  BandWord,
  But,
  DaysLeft,
  Dots,
  Empty,
  Field,
  Fold,
  FormError,
  LanguageOptions,
  Money,
  Pager,
  Score,
  StatusBadge,
} from '../parts.js';
import type { Viewer } from '../viewer.js';
import { Sample } from './sample.js';
import { DAY_MS } from '../../kernel/durations.js';

/** Passed, urgent, soon, later, and more than a year. */
const DAYS = [-3, 2, 20, 90, 500];
const SCORES = [15, 45, 88];
const HERE = '#components';

/** A viewer whose sign-in was long ago, who is asked to confirm it. */
const longSignedIn = (v: Viewer): Viewer => ({
  ...v,
  actor: v.actor && { ...v.actor, signedInAt: new Date(0) },
});

function FieldSamples({ at }: { at: string }) {
  return (
    <Sample name="Field">
      {(['plain', 'wrong'] as const).map((state) => (
        <Field
          key={state}
          id={`field-${state}-${at}`}
          label={state}
          help="help"
          error={state === 'wrong' ? 'error' : undefined}
        >
          <input id={`field-${state}-${at}`} aria-describedby={`field-${state}-${at}-help`} />
        </Field>
      ))}
    </Sample>
  );
}

/** Components within a line of text. */
function WordSamples({ v }: { v: Viewer }) {
  const inDays = (n: number): string => new Date(v.now.getTime() + n * DAY_MS).toISOString();
  return (
    <>
      <Sample name="StatusBadge">
        {STATUSES.map((status) => (
          <StatusBadge key={status} v={v} status={status} />
        ))}
      </Sample>
      <Sample name="DaysLeft">
        <DaysLeft v={v} at={null} />
        {DAYS.map((n) => (
          <DaysLeft key={n} v={v} at={inDays(n)} />
        ))}
      </Sample>
      <Sample name="Score">
        {SCORES.map((score) => (
          <Score key={score} score={score} />
        ))}
      </Sample>
      <Sample name="BandWord">
        {SCORES.map((score) => (
          <BandWord key={score} v={v} score={score} />
        ))}
      </Sample>
      <Sample name="But">
        <But v={v} says={['TRL 2–4', 'CSA']} />
      </Sample>
      <Sample name="Money">
        <span>
          <Money v={v} amount={4_500_000} currency="EUR" />
        </span>
        <span>
          <Money v={v} amount={null} currency="EUR" />
        </span>
      </Sample>
      <Sample name="Identifier">
        <Identifier v={v} call={{ kind: 'grant', identifier: 'HORIZON-CL4-2027-01' }} />
        <Identifier v={v} call={{ kind: 'cascade', identifier: 'HORIZON-CL4-2027-01' }} />
      </Sample>
      <Sample name="Dots">
        <Dots parts={['RIA', 'Horizon Europe', null, '€4M']} />
      </Sample>
    </>
  );
}

/** All shared components in all their states. */
export function ComponentSamples({ v, at }: { v: Viewer; at: string }) {
  return (
    <>
      <WordSamples v={v} />
      <FieldSamples at={at} />
      <Sample name="FormError">
        <FormError says="error" />
      </Sample>
      <Sample name="LanguageOptions">
        <select aria-label={v.t('account.language')}>
          <LanguageOptions v={v} chosen="fr" />
        </select>
      </Sample>
      <Sample name="Fold">
        <Fold v={v} label="Fold" count={2}>
          <p>children</p>
        </Fold>
      </Sample>
      <Sample name="Empty">
        <Empty title="Empty">
          <p>children</p>
        </Empty>
      </Sample>
      <Sample name="Pager">
        <Pager v={v} next="2" first={false} href={() => HERE} />
      </Sample>
      <Sample name="Downloads">
        <Downloads v={v} path="/calls" query="" />
      </Sample>
      <Sample name="ConfirmFirst">
        <ConfirmFirst v={longSignedIn(v)} />
      </Sample>
      <Sample name="ConfirmForm">
        <ConfirmForm v={v} next={null} />
      </Sample>
    </>
  );
}
