import type { ComponentChildren } from 'preact';
import { may } from '../../../kernel/actor.js';
import { VERDICT_REASONS } from '../../../matching/domain/verdict.js';
import { PutOff } from '../../../decisions/pages/put-off.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { Dots } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { callPath, type CallModel, type Own } from './model.js';

interface Shown {
  v: Viewer;
  model: CallModel;
}

function Standing({
  v,
  standing: { verdict, reason, until, by, byLink, at },
}: {
  v: Viewer;
  standing: Own['standing'];
}) {
  if (verdict === null) return <p class="muted">{v.t('call.undecided')}</p>;
  return (
    <p>
      <Dots
        parts={[
          <strong class={`verdict ${verdict}`}>
            {verdict === 'later'
              ? v.t('inbox.decided.later', { day: dayText(v, until!) })
              : v.t(`verdict.${verdict}`)}
          </strong>,
          verdict === 'not' && (reason === null ? v.t('inbox.no-reason') : v.t(`verdict-reason.${reason}`)),
        ]}
      />
      {by && at && (
        <>
          <br />
          <span class="muted small">
            {v.t(byLink ? 'call.decided-by-link' : 'call.decided', { by, when: momentText(v, at) })}
          </span>
        </>
      )}
    </p>
  );
}

/** Requests a study or postpones it; `children` is what each form also sends. */
function NotYet({
  v,
  path,
  standing,
  children,
}: {
  v: Viewer;
  path: string;
  standing: Own['standing'];
  children: ComponentChildren;
}) {
  return (
    <>
      {standing.verdict !== 'study' && (
        <form method="post" action={`${path}/verdict`} data-key="t">
          {children}
          <input type="hidden" name="verdict" value="study" />
          <button type="submit">{v.t('verdict.study')}</button>
        </form>
      )}
      <form method="post" action={`${path}/verdict`}>
        {children}
        <PutOff v={v} />
      </form>
    </>
  );
}

function VerdictForms({
  v,
  path,
  version,
  standing,
}: {
  v: Viewer;
  path: string;
  version: number;
  standing: Own['standing'];
}) {
  const sent = (
    <>
      <input type="hidden" name="back" value={path} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="decidedAt" value={standing.at ?? 'none'} />
    </>
  );
  return (
    <div class="verdicts no-print">
      {standing.verdict !== 'relevant' && (
        <form method="post" action={`${path}/verdict`} data-key="s">
          {sent}
          <input type="hidden" name="verdict" value="relevant" />
          <button type="submit" class="primary">
            {v.t('verdict.relevant')}
          </button>
        </form>
      )}
      <NotYet v={v} path={path} standing={standing}>
        {sent}
      </NotYet>
      <form method="post" action={`${path}/verdict`} class="row">
        {sent}
        <input type="hidden" name="verdict" value="not" />
        <label for="reason">{v.t('call.why-not')}</label>
        <select id="reason" name="reason" data-key="n">
          {VERDICT_REASONS.map((reason) => (
            <option key={reason} value={reason} selected={standing.reason === reason}>
              {v.t(`verdict-reason.${reason}`)}
            </option>
          ))}
        </select>
        <button type="submit">{v.t('verdict.not')}</button>
      </form>
      {standing.canUndo && (
        <form method="post" action={`${path}/verdict/undo`} data-key="u">
          <input type="hidden" name="back" value={path} />
          {standing.at !== null && <input type="hidden" name="decidedAt" value={standing.at} />}
          <button type="submit" class="plain">
            {v.t('call.undo')}
          </button>
        </form>
      )}
    </div>
  );
}

/** The institute's verdict, and the forms to give one. */
export function Decision({ v, model: { own, institute, call } }: Shown) {
  if (!own || !institute) return null;
  return (
    <section class={own.standing.verdict === null ? 'card no-print' : 'card'} aria-labelledby="decision">
      <h2 id="decision">{v.t('call.decision')}</h2>
      <Standing v={v} standing={own.standing} />
      {own.opportunity && (
        <p>
          <a href={`/institutes/${institute.id}/pipeline/${own.opportunity.id}`}>
            {v.t('call.in-pipeline', { stage: v.t(`pipeline.stage.${own.opportunity.stage}`) })}
          </a>
        </p>
      )}
      {may(v.actor, 'decision.write') && (
        <VerdictForms
          v={v}
          path={callPath(institute, call.id)}
          version={call.version}
          standing={own.standing}
        />
      )}
    </section>
  );
}
