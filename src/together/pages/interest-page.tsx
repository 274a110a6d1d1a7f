import type { OpenedInterest } from '../domain/interest.js';
import { may } from '../../kernel/actor.js';
import { labelsIn } from '../../profiles/domain/label-in.js';
import type { OwnInterest } from '../interests.js';
import { momentText } from '../../ui/dates.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { interestPath, Opened } from './interest-card.js';

/** The values of the form. */
export interface InterestTyped {
  brings: string;
  competences: string[];
  leads: boolean;
  tell: boolean;
}

export interface InterestShown {
  v: Viewer;
  profileId: string;
  call: { id: string; title: string; language: string };
  own: OwnInterest;
  others: OpenedInterest[];
  typed: InterestTyped;
  errors: Record<string, string>;
}

/** The current interest, or else a proposal: the competences that make the call fit. */
export function typedOf({ opened, competences }: OwnInterest): InterestTyped {
  if (opened) return { ...opened, brings: opened.brings ?? '' };
  return {
    brings: '',
    competences: competences.filter((c) => c.fits).map((c) => c.label),
    leads: false,
    tell: true,
  };
}

function Competences({ v, own, typed, errors }: InterestShown) {
  // Includes competences renamed since they were shared, so that they can be removed.
  const called = labelsIn(own.competences, v.language);
  const labels = [...new Set([...own.competences.map((c) => c.label), ...(own.opened?.competences ?? [])])];
  return (
    <fieldset disabled={!may(v.actor, 'joint.write')}>
      <legend>{v.t('together.competences')}</legend>
      {!own.opened && <p class="help muted small">{v.t('together.competences.help')}</p>}
      {labels.map((label) => (
        <label key={label} class="choice">
          <input
            type="checkbox"
            name="competences"
            value={label}
            checked={typed.competences.includes(label)}
          />
          {called(label)}
        </label>
      ))}
      {errors['competences'] && <p class="error">{errors['competences']}</p>}
    </fieldset>
  );
}

function Form(shown: InterestShown) {
  const { v, profileId, call, own, typed, errors } = shown;
  const path = interestPath(profileId, call.id);
  const writes = may(v.actor, 'joint.write');
  return (
    <>
      <form method="post" action={path} class="card">
        <p class="muted small">{v.t('together.says')}</p>
        <Field
          id="brings"
          label={v.t('together.brings.label')}
          help={v.t('together.brings.help')}
          error={errors['brings']}
        >
          <textarea
            id="brings"
            name="brings"
            rows={3}
            maxLength={500}
            disabled={!writes}
            aria-describedby="brings-help"
          >
            {typed.brings}
          </textarea>
        </Field>
        <Competences {...shown} />
        {(['leads', 'tell'] as const).map((name) => (
          <label key={name} class="choice">
            <input type="checkbox" name={name} value="true" checked={typed[name]} disabled={!writes} />
            {v.t(`together.${name}`)}
          </label>
        ))}
        {writes && (
          <p class="row">
            <button type="submit" class="primary">
              {v.t(own.opened ? 'together.save' : 'together.do-open')}
            </button>
          </p>
        )}
      </form>
      {own.opened && writes && (
        <form method="post" action={`${path}/withdraw`} class="withdraw">
          <button type="submit" class="danger">
            {v.t('together.withdraw')}
          </button>
        </form>
      )}
    </>
  );
}

/** The page of an institute's interest in a call, with the interests of others. */
export function InterestPage(shown: InterestShown) {
  const { v, profileId, call, own, others } = shown;
  return (
    <div class="narrow">
      <p class="small">
        <a href={`/institutes/${profileId}/calls/${call.id}`} lang={call.language}>
          {call.title}
        </a>
      </p>
      <h1>{v.t('together.title')}</h1>
      {own.joint && <p>{v.t(`joint.standing.${own.joint.state}`)}</p>}
      {own.opened && own.opened.by !== '' && (
        <p class="muted small">
          {v.t('together.opened-by', {
            by: own.opened.by,
            when: momentText(v, own.opened.openedAt),
          })}
        </p>
      )}
      <Form {...shown} />
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">{v.t('call.interest')}</h2>
          <ul class="plain-list">
            {others.map((one) => (
              <Opened key={one.id} v={v} one={one} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
