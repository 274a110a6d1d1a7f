import { may, seesAllInside } from '../../kernel/actor.js';
import type { Profile } from '../../profiles/domain/profile.js';
import type { ExplainView } from '../api/explain-views.js';
import { callPath } from '../../calls/pages/call/model.js';
import { dayText } from '../../ui/dates.js';
import { BandWord, Field, Score, StatusBadge } from '../../ui/parts.js';
import { withQuery } from '../../ui/query.js';
import type { Viewer } from '../../ui/viewer.js';
import { Contacts, Rules, RuleSentence } from './rules.js';
import { testPath, whyPath } from './why-links.js';

/** Candidates for a text that names no call, or several. `call` identifies each. */
export interface Meant {
  why: 'several' | 'alike' | 'words' | 'none';
  calls: {
    call: string;
    identifier: string | null;
    title: string | null;
    /** The title's language; null if unknown. */ language: string | null;
    days: string[];
  }[];
}

export interface WhyModel {
  profile: Profile;
  /** The text that was asked for; once a call is found, its unique name. */
  asked: string;
  answer: ExplainView | null;
  meant: Meant | null;
}

interface Shown {
  v: Viewer;
  model: WhyModel;
}

function Ask({ v, model: { profile, asked, meant } }: Shown) {
  const error = meant && meant.why !== 'several' ? v.t('why.unknown', { text: asked }) : undefined;
  return (
    <form method="get" action={whyPath(profile.id)} role="search" class="card why-ask">
      <Field id="call" label={v.t('why.call')} help={v.t('why.call.help')} error={error}>
        <input
          id="call"
          name="call"
          value={asked}
          required
          maxLength={500}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? 'call-error call-help' : 'call-help'}
        />
      </Field>
      <p class="row">
        <button type="submit" class="primary">
          {v.t('why.ask')}
        </button>
      </p>
    </form>
  );
}

function MeantList({ v, model: { profile, asked }, meant: { why, calls } }: Shown & { meant: Meant }) {
  return (
    <section class="card" aria-labelledby="meant">
      <h2 id="meant">{v.t(`why.meant.${why}`)}</h2>
      {calls.length > 0 && (
        <ul class="meant">
          {calls.map(({ call, identifier, title, language, days }) => (
            <li key={call}>
              <a href={withQuery(whyPath(profile.id), { call })}>
                {identifier && <code>{identifier}</code>}{' '}
                {title !== null && <span lang={language ?? undefined}>{title}</span>}
              </a>
              {days.length > 0 && (
                <span class="muted small"> {days.map((day) => dayText(v, day)).join(', ')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {why !== 'several' && (
        <p>
          <a href={withQuery('/calls', { q: why === 'words' ? asked : null })}>{v.t('why.look')}</a>
        </p>
      )}
    </section>
  );
}

const LOOK: Record<ExplainView['answer']['kind'], string> = {
  announced: 'badge status-open',
  'on-its-way': 'badge status-open',
  waits: 'badge status-forthcoming',
  passes: 'badge status-forthcoming',
  stopped: 'badge status-withdrawn',
};

/** Finds what the profile lacks by testing this one topic. */
function WhatToChange({ v, model: { profile, asked } }: Shown) {
  return (
    <form method="post" action={testPath(profile.id)} data-busy>
      <input type="hidden" name="topics" value={asked} />
      <button type="submit">{v.t('why.change')}</button>
      <p class="small muted busy-says" role="status" data-says={v.t('test.busy')} />
    </form>
  );
}

function Answer({
  v,
  model,
  answer: { call, score, answer, remarks, rules },
}: Shown & { answer: ExplainView }) {
  const { profile } = model;
  return (
    <section class="card why-answer" aria-labelledby="answer">
      <p class="row small">
        <StatusBadge v={v} status={call.status} />
        {call.identifier && <code>{call.identifier}</code>}
        <Score score={score} />
        <BandWord v={v} score={score} />
      </p>
      <h2 id="answer">
        <a href={callPath(profile, call.id)} lang={call.language}>
          {call.title}
        </a>
      </h2>
      <p class="lead">
        <strong class={LOOK[answer.kind]}>{v.t(`why.answer.${answer.kind}`)}</strong>{' '}
        <RuleSentence
          v={v}
          profileId={profile.id}
          rule={rules.find((r) => r.rule === (answer.rule ?? 'score'))!}
        />
      </p>
      {remarks.map((remark) => (
        <p key={remark} class="but">
          {remark}
        </p>
      ))}
      {v.actor &&
        may(v.actor, 'profile.write', profile.id) &&
        ['exclusion', 'addressees', 'score'].includes(answer.rule ?? '') && (
          <WhatToChange v={v} model={model} />
        )}
    </section>
  );
}

const Reasons = ({ v, reasons }: { v: Viewer; reasons: ExplainView['reasons'] }) =>
  reasons.length === 0 ? null : (
    <section class="card" aria-labelledby="reasons">
      <h2 id="reasons">{v.t('call.reasons')}</h2>
      <ul class="reasons">
        {reasons.map((reason, i) => (
          <li key={i}>{reason.says}</li>
        ))}
      </ul>
    </section>
  );

/** The page that explains why a call was sent or not: the call, the deciding rule, and all others. */
export function WhyPage({ v, model }: Shown) {
  const { profile, answer, meant } = model;
  return (
    <>
      <p>
        <a href={`/institutes/${profile.id}/profile`}>{v.t('versions.back')}</a>
      </p>
      <h1>{v.t('why.link')}</h1>
      <Ask v={v} model={model} />
      {meant && <MeantList v={v} model={model} meant={meant} />}
      {answer && (
        <>
          <Answer v={v} model={model} answer={answer} />
          <Rules v={v} profileId={profile.id} answer={answer} />
          {v.actor && !seesAllInside(v.actor, profile.id) && <p class="muted small">{v.t('why.outside')}</p>}
          <Contacts v={v} profileId={profile.id} contacts={answer.contacts} />
          <Reasons v={v} reasons={answer.reasons} />
        </>
      )}
      <p class="small">
        <a href={testPath(profile.id)}>{v.t('test.link')}</a>
      </p>
    </>
  );
}
