import { programmeName } from '../../calls/domain/names-in.js';
import type { OpportunityView, StepView } from '../api/opportunity-views.js';
import { dayText } from '../../ui/dates.js';
import { DaysLeft, Dots, StatusBadge } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { CommentThread, type CommentDraft, type ThreadShown } from './comment-thread.js';
import { FactsForm, type FactsTyped } from './facts-form.js';
import { HistoryList } from './history-list.js';
import { MilestonesForm, type MilestoneLine, type Person } from './milestones-form.js';
import { MoveForm } from './move-form.js';
import { TaskList, type TaskDraft } from './task-list.js';
import { movedText, opportunityPath, pipelinePath, questionText, stageName } from './stage-words.js';

export interface OpportunityShown {
  v: Viewer;
  profileId: string;
  opportunity: OpportunityView;
  history: StepView[];
  people: Person[];
  facts: { typed: FactsTyped; errors: Record<string, string> };
  milestones: { lines: MilestoneLine[]; wrong: boolean };
  thread: ThreadShown['thread'];
  commentDraft: CommentDraft | null;
  taskDraft: TaskDraft | null;
}

/** What needs action: a moved deadline, a result that should be known by now. */
function Questions({ v, profileId, opportunity: o }: OpportunityShown) {
  const path = opportunityPath(profileId, o.id);
  return (
    <>
      {o.deadlineMovedTo !== null && (
        <div class="notice warn">
          <p>{movedText(v, o)}</p>
          {v.actor?.writes && (
            <form method="post" action={`${path}/deadline`}>
              <input type="hidden" name="deadline" value={o.deadlineMovedTo} />
              <button type="submit" class="primary">
                {v.t(o.deadline === null ? 'pipeline.dated-do' : 'pipeline.moved-do')}
              </button>
            </form>
          )}
        </div>
      )}
      {o.question !== null && <p class="notice warn">{questionText(v, o)}</p>}
      {o.question === null && o.expectedResult !== null && (
        <p class="muted">
          {v.t('pipeline.expected', {
            result: dayText(v, o.expectedResult),
            contract: dayText(v, o.expectedContract!),
          })}
        </p>
      )}
    </>
  );
}

function Standing(shown: OpportunityShown) {
  const { v, profileId, opportunity: o } = shown;
  const path = opportunityPath(profileId, o.id);
  return (
    <section class="card" aria-labelledby="stage">
      <h2 id="stage">{stageName(v, o.stage)}</h2>
      <p class="muted small">{v.t('pipeline.since', { day: dayText(v, o.stageAt) })}</p>
      <Questions {...shown} />
      {v.actor?.writes && (
        <div class="no-print">
          <MoveForm v={v} profileId={profileId} opportunity={o} back={path} why />
          {o.canUndo && (
            <form method="post" action={`${path}/undo`}>
              <button type="submit" class="plain">
                {v.t('pipeline.undo')}
              </button>
            </form>
          )}
        </div>
      )}
    </section>
  );
}

function Dates({ v, profileId, opportunity: o, people, milestones }: OpportunityShown) {
  const path = opportunityPath(profileId, o.id);
  return (
    <section class="card" aria-labelledby="milestones">
      <h2 id="milestones">{v.t('pipeline.milestones')}</h2>
      <MilestonesForm v={v} action={`${path}/milestones`} people={people} {...milestones} />
      {v.actor?.writes && (
        <div class="row no-print">
          {o.deadline !== null && (
            <form method="post" action={`${path}/plan`}>
              <button type="submit">{v.t('pipeline.plan')}</button>
            </form>
          )}
          <a href={`/institutes/${profileId}/milestone-template`}>{v.t('pipeline.template')}</a>
        </div>
      )}
    </section>
  );
}

/** The page of an opportunity: stage, tasks, comments, facts, milestones and history. */
export function OpportunityPage(shown: OpportunityShown) {
  const { v, profileId, opportunity: o, history, facts } = shown;
  return (
    <>
      <p class="small">
        <a href={pipelinePath(profileId)}>{v.t('pipeline.title')}</a>
      </p>
      <h1 lang={o.call.language}>{o.call.title}</h1>
      <p class="muted">
        <Dots
          parts={[
            o.call.identifier,
            o.call.programme && programmeName(o.call.programme, v.language),
            o.call.typeOfAction,
            <a href={`/institutes/${profileId}/calls/${o.call.id}`}>{v.t('pipeline.see-call')}</a>,
            <StatusBadge v={v} status={o.call.status} />,
          ]}
        />
      </p>
      <p>
        {v.t('pipeline.deadline')}{' '}
        {o.deadline === null ? (
          v.t('pipeline.no-deadline')
        ) : (
          <>
            <strong>{dayText(v, o.deadline)}</strong> <DaysLeft v={v} at={o.deadline} />
          </>
        )}
      </p>
      <div class="pipeline-one">
        <div>
          <Standing {...shown} />
          <TaskList {...shown} draft={shown.taskDraft} />
          <Dates {...shown} />
        </div>
        <div>
          <CommentThread {...shown} opportunityId={o.id} draft={shown.commentDraft} />
          <section class="card" aria-labelledby="facts">
            <h2 id="facts">{v.t('pipeline.facts')}</h2>
            <FactsForm v={v} action={`${opportunityPath(profileId, o.id)}/facts`} {...facts} />
          </section>
          <section class="card" aria-labelledby="history">
            <h2 id="history">{v.t('pipeline.history')}</h2>
            <HistoryList v={v} history={history} />
          </section>
        </div>
      </div>
    </>
  );
}
