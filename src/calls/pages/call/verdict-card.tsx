import { may } from '../../../kernel/actor.js';
import { Choices } from '../../../decisions/pages/inbox-decision.js';
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
        <span class="muted small">
          {v.t(byLink ? 'call.decided-by-link' : 'call.decided', { by, when: momentText(v, at) })}
        </span>
      )}
    </p>
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
  return (
    <div class="verdicts no-print">
      <form class="decide" method="post" action={`${path}/verdict`}>
        <input type="hidden" name="back" value={path} />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="decidedAt" value={standing.at ?? 'none'} />
        <Choices v={v} decided={standing.verdict} />
      </form>
      {standing.canUndo && (
        <form class="undo" method="post" action={`${path}/verdict/undo`}>
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
