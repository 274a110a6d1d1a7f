import { labelFor } from '../domain/milestones.js';
import { OVER, STAGES, type Stage } from '../domain/stage.js';
import type { OpportunityView } from '../api/opportunity-views.js';
import { dayText } from '../../ui/dates.js';
import { DaysLeft, Dots } from '../../ui/parts.js';
import { numberTo } from '../../i18n/formats.js';
import type { Viewer } from '../../ui/viewer.js';
import { MoveForm } from './move-form.js';
import { pipelineAddress, type PipelineQuery } from './pipeline-address.js';
import { movedText, opportunityPath, questionText, stageName } from './stage-words.js';

export interface PipelineShown {
  v: Viewer;
  profileId: string;
  query: PipelineQuery;
  opportunities: OpportunityView[];
  counts: Record<Stage, number>;
  next: string | null;
}

/** The institute's next milestone that is not done. */
export const nextMilestone = ({ milestones }: OpportunityView) => milestones.find((m) => m.doneAt === null);

function Card({ v, profileId, o, back }: { v: Viewer; profileId: string; o: OpportunityView; back: string }) {
  const milestone = nextMilestone(o);
  return (
    <li>
      <article class="card pipeline-card" tabIndex={-1} aria-labelledby={`o-${o.id}`}>
        <h3 id={`o-${o.id}`}>
          <a class="open" href={opportunityPath(profileId, o.id)} lang={o.call.language}>
            {o.call.title}
          </a>
        </h3>
        <p class="small muted">
          <Dots
            parts={[
              o.call.identifier,
              o.role && v.t(`pipeline.role.${o.role}`),
              o.leadName,
              o.probability === null
                ? null
                : v.t('pipeline.chance', { n: numberTo(v.language, o.probability) }),
            ]}
          />
        </p>
        {o.deadline !== null && !OVER.includes(o.stage) && (
          <p class="small">
            <DaysLeft v={v} at={o.deadline} /> <span class="muted">{dayText(v, o.deadline)}</span>
          </p>
        )}
        {o.deadlineMovedTo !== null && (
          <p class="small changes">
            <strong>{movedText(v, o)}</strong>
          </p>
        )}
        {o.question !== null && (
          <p class="small changes">
            <strong>{questionText(v, o)}</strong>
          </p>
        )}
        {milestone && (
          <p class="small">
            {v.t('pipeline.milestone-is', {
              label: labelFor(milestone.label, v.language),
              day: dayText(v, milestone.on),
            })}
          </p>
        )}
        {v.actor?.writes && <MoveForm v={v} profileId={profileId} opportunity={o} back={back} />}
      </article>
    </li>
  );
}

function Column({ shown, stage }: { shown: PipelineShown; stage: Stage }) {
  const { v, profileId, query, opportunities, counts } = shown;
  const own = opportunities.filter((o) => o.stage === stage);
  const more = counts[stage] - own.length;
  return (
    <section class="pipeline-stage" aria-labelledby={`stage-${stage}`}>
      <h2 id={`stage-${stage}`}>
        {stageName(v, stage)} <span class="count">{numberTo(v.language, counts[stage])}</span>
      </h2>
      {own.length === 0 && counts[stage] === 0 && <p class="muted small">{v.t('pipeline.none-here')}</p>}
      {own.length > 0 && (
        <ol class="plain-list">
          {own.map((o) => (
            <Card key={o.id} v={v} profileId={profileId} o={o} back={pipelineAddress(profileId, query)} />
          ))}
        </ol>
      )}
      {more > 0 && (
        <p class="small">
          <a href={pipelineAddress(profileId, query, { view: 'table', stage })}>
            {v.t('pipeline.more', { n: more })}
          </a>
        </p>
      )}
    </section>
  );
}

/** A column for each stage in progress, with the results below. */
export const Board = (shown: PipelineShown) => (
  <>
    <div class="pipeline-board">
      {STAGES.filter((stage) => !OVER.includes(stage)).map((stage) => (
        <Column key={stage} shown={shown} stage={stage} />
      ))}
    </div>
    <details class="pipeline-results" open={OVER.some((s) => s === shown.query.stage)}>
      <summary>
        {shown.v.t('pipeline.results')}{' '}
        <span class="count">
          {numberTo(
            shown.v.language,
            OVER.reduce((sum, stage) => sum + shown.counts[stage], 0),
          )}
        </span>
      </summary>
      <div class="pipeline-board">
        {OVER.map((stage) => (
          <Column key={stage} shown={shown} stage={stage} />
        ))}
      </div>
    </details>
  </>
);
