import { Injectable } from '@nestjs/common';
import { dayText, isoDay, momentText } from '../../ui/dates.js';
import { may } from '../../kernel/actor.js';
import { DaysLeft, Dots, StatusBadge } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { OpportunityView, StepView } from '../api/opportunity-views.js';
import { linesOf, type MilestoneLine, MilestonesForm, type Person } from './milestones-form.js';
import {
  bidTitle,
  BidTitle,
  deadlineNow,
  movedHow,
  movedText,
  movedTo,
  MoveForm,
  opportunityPath,
  pipelinePath,
  questionText,
  ResultNote,
  stageName,
} from './move-form.js';
import type { VerdictReason } from '../../matching/domain/verdict.js';
import { type Facts, FACTS } from '../domain/opportunity.js';
import { BEFORE_SUBMISSION, Stage } from '../domain/stage.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { type CommentDraft, CommentThread, type ThreadShown } from './comment-thread.js';
import { BidFacts, type FactsTyped, typedOf } from './facts-form.js';
import { page } from '../../ui/page.js';
import { Comments } from '../comments.js';
import { Pipeline } from '../pipeline.js';
import { Planning } from '../planning.js';

type TaskView = OpportunityView['tasks'][number];
/** A task as typed; `id` is the task being edited, if any. */
interface TaskDraft {
  id: string | null;
  text: string;
  personId: string;
  due: string;
}
interface TasksShown {
  v: Viewer;
  profileId: string;
  opportunity: OpportunityView;
  people: Person[];
  draft: TaskDraft | null;
}

const NEW: TaskDraft = { id: null, text: '', personId: '', due: '' };
const draftOf = ({ id, text, personId, due }: TaskView): TaskDraft => ({
  ...{ id, text },
  personId: personId ?? '',
  due: due ?? '',
});

interface FieldsShown extends Pick<TasksShown, 'v' | 'people'> {
  draft: TaskDraft;
  wrong: boolean;
}

function TaskFields({ v, people, draft, wrong }: FieldsShown) {
  const id = (field: string): string => `task-${field}-${draft.id ?? 'new'}`;
  return (
    <>
      {wrong && (
        <p class="error" id={id('error')} role="alert">
          {v.t('tasks.wrong')}
        </p>
      )}
      <div class="task-fields">
        <div class="field">
          <label for={id('text')}>{v.t('tasks.what')}</label>
          <input
            id={id('text')}
            name="text"
            value={draft.text}
            required
            maxLength={300}
            aria-describedby={wrong ? id('error') : undefined}
          />
        </div>
        <div class="field">
          <label for={id('person')}>{v.t('tasks.who')}</label>
          <select id={id('person')} name="personId">
            <option value="">{v.t('pipeline.nobody')}</option>
            {people.map((p) => (
              <option key={p.id} value={p.id} selected={p.id === draft.personId}>
                {p.name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={id('due')}>{v.t('tasks.due')}</label>
          <input id={id('due')} type="date" name="due" value={draft.due} />
        </div>
      </div>
    </>
  );
}

const whenText = (v: Viewer, { due, doneAt }: TaskView): string | null => {
  if (doneAt !== null) return v.t('tasks.done-on', { day: dayText(v, doneAt) });
  if (due === null) return null;
  return v.t(due < isoDay(v.now) ? 'tasks.overdue' : 'tasks.due-on', { day: dayText(v, due) });
};

function One({ shown, task }: { shown: TasksShown; task: TaskView }) {
  const { v, profileId, opportunity, people, draft } = shown;
  const action = `${opportunityPath(profileId, opportunity.id)}/tasks/${task.id}`;
  const done = task.doneAt !== null;
  const mine = draft?.id === task.id ? draft : null;
  return (
    <li id={`task-${task.id}`} class={done ? 'done' : undefined}>
      <div class="row spread">
        <div class="task-what">
          <p>{task.text}</p>
          <p class="small muted">
            <Dots parts={[task.person, whenText(v, task)]} />
          </p>
        </div>
        {may(v.actor, 'pipeline.write') && (
          <form method="post" action={`${action}/done`} class="no-print">
            <input type="hidden" name="done" value={String(!done)} />
            <button
              type="submit"
              aria-label={v.t(done ? 'tasks.reopen-one' : 'tasks.do-one', { task: task.text })}
            >
              {v.t(done ? 'tasks.reopen' : 'tasks.do')}
            </button>
          </form>
        )}
      </div>
      {may(v.actor, 'pipeline.write') && (
        <details class="no-print" open={mine !== null}>
          <summary class="small" aria-label={v.t('tasks.change-one', { task: task.text })}>
            {v.t('form.edit')}
          </summary>
          <form method="post" action={action}>
            <TaskFields v={v} people={people} draft={mine ?? draftOf(task)} wrong={mine !== null} />
            <div class="row">
              <button type="submit">{v.t('form.save')}</button>
              <button type="submit" class="plain" formaction={`${action}/remove`} formnovalidate>
                {v.t('form.remove')}
              </button>
            </div>
          </form>
        </details>
      )}
    </li>
  );
}

/** The tasks of an opportunity, open ones first. */
function TaskList(shown: TasksShown) {
  const { v, profileId, opportunity, people, draft } = shown;
  const isNew = draft !== null && draft.id === null;
  return (
    <section class="card" aria-labelledby="tasks">
      <h2 id="tasks">{v.t('tasks.title')}</h2>
      {opportunity.tasks.length === 0 ? (
        <p class="muted">{v.t('tasks.none')}</p>
      ) : (
        <ul class="plain-list tasks">
          {opportunity.tasks.map((task) => (
            <One key={task.id} shown={shown} task={task} />
          ))}
        </ul>
      )}
      {may(v.actor, 'pipeline.write') && (
        <details class="no-print" open={isNew}>
          <summary>{v.t('tasks.new')}</summary>
          <form method="post" action={`${opportunityPath(profileId, opportunity.id)}/tasks`}>
            <TaskFields v={v} people={people} draft={isNew ? draft : NEW} wrong={isNew} />
            <p class="help">{v.t('tasks.help')}</p>
            <button type="submit">{v.t('form.add')}</button>
          </form>
        </details>
      )}
    </section>
  );
}

const stageIn = (v: Viewer, value: unknown): string => {
  const stage = Stage.safeParse(value);
  return stage.success ? stageName(v, stage.data) : '';
};

/** What a line changed, in words. */
function whatText(v: Viewer, { kind, changes, why }: StepView): string {
  if (kind === 'stage' || kind === 'decided')
    return v.t('pipeline.step.stage', {
      from: stageIn(v, changes['stage']?.from),
      to: stageIn(v, changes['stage']?.to),
    });
  if (kind === 'facts')
    return v.t('pipeline.step.facts', {
      fields: (Object.keys(FACTS) as (keyof Facts)[])
        .filter((field) => field in changes)
        .map((field) => v.t(`pipeline.facts.${field}`))
        .join(', '),
    });
  if (kind === 'taken-up') return v.t('pipeline.step.taken-up', { why });
  if (kind === 'moved' && changes['stage']) return v.t('pipeline.step.second-stage');
  return v.t(`pipeline.step.${kind}`);
}

/** The reason as a person wrote it; automatic reasons in the reader's language. */
function whyText(v: Viewer, { kind, why }: StepView): string | null {
  if (why === null || kind === 'taken-up') return null;
  if (kind !== 'decided') return why;
  return why === 'yes' || why === 'not'
    ? v.t(`pipeline.because.${why}`)
    : v.t(`verdict-reason.${why as VerdictReason}`);
}

/** Who changed what, when and why, newest first. */
const HistoryList = ({ v, history }: { v: Viewer; history: StepView[] }) => (
  <ol class="plain-list pipeline-history">
    {history.map((step) => {
      const why = whyText(v, step);
      return (
        <li key={step.id} class={step.undone ? 'muted' : undefined}>
          {whatText(v, step)}
          {step.undone && (
            <>
              {' '}
              <span class="badge">{v.t('pipeline.step.undone')}</span>
            </>
          )}
          {why !== null && <span class="why-said">{v.t('text.labelled', { label: '', value: why })}</span>}
          <br />
          <span class="small muted">
            {v.t('text.by-when', { by: step.by, when: momentText(v, step.at) })}
          </span>
        </li>
      );
    })}
  </ol>
);

interface OpportunityShown {
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

/** Says by when the result, the agreement, or both are expected. */
function expectedText(v: Viewer, { expectedResult, expectedContract }: OpportunityView): string {
  const [result, contract] = [expectedResult, expectedContract].map((day) => day && dayText(v, day));
  if (!contract) return v.t('pipeline.expected-first-stage', { result: result! });
  return result
    ? v.t('pipeline.expected', { result, contract })
    : v.t('pipeline.expected-contract', { contract });
}

/** What needs action: a moved or later deadline, a result that should be known by now. */
function Questions({ v, profileId, opportunity: o }: OpportunityShown) {
  const path = opportunityPath(profileId, o.id);
  const to = movedTo(o);
  return (
    <>
      {to !== null && (
        <div class={o.laterDeadline?.kind === 'stage-2' ? 'notice' : 'notice warn'}>
          <p>{movedText(v, o)}</p>
          {may(v.actor, 'pipeline.write') && (
            <form method="post" action={`${path}/deadline`}>
              <input type="hidden" name="deadline" value={to} />
              <button type="submit" class="primary">
                {v.t(`pipeline.${movedHow(o)}-do`)}
              </button>
            </form>
          )}
        </div>
      )}
      {o.question !== null && (
        <p class="notice warn">
          {o.question === 'share' || o.question === 'requested' ? (
            <a href={`#f-${o.question}`}>{questionText(v, o)}</a>
          ) : (
            questionText(v, o)
          )}
        </p>
      )}
      {o.question === null && (o.expectedResult ?? o.expectedContract) !== null && (
        <p class="muted">{expectedText(v, o)}</p>
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
      <p class="muted small">{v.t('text.since', { day: dayText(v, o.stageAt) })}</p>
      <Questions {...shown} />
      <ResultNote v={v} bid={o} />
      {may(v.actor, 'pipeline.write') && (
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
      {may(v.actor, 'pipeline.write') && (
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
function OpportunityPage(shown: OpportunityShown) {
  const { v, profileId, opportunity: o, history, facts } = shown;
  const [deadline, counts] = [deadlineNow(o), BEFORE_SUBMISSION.includes(o.stage)];
  return (
    <>
      <p class="small">
        <a href={pipelinePath(profileId)}>{v.t('pipeline.title')}</a>
      </p>
      <h1>
        <BidTitle opportunity={o} />
      </h1>
      <p class="muted">
        <Dots
          parts={[
            o.call.identifier,
            o.call.programme && programmeName(o.call.programme, v.language),
            o.call.typeOfAction,
            <a href={`/institutes/${profileId}/calls/${o.call.id}`}>{v.t('pipeline.see-call')}</a>,
            counts && <StatusBadge v={v} status={o.call.status} />,
          ]}
        />
      </p>
      <p>
        {v.t('pipeline.deadline')}{' '}
        {deadline === null ? (
          v.t('pipeline.no-deadline')
        ) : (
          <>
            <strong>{dayText(v, deadline)}</strong>{' '}
            {counts && <DaysLeft v={v} at={deadline} status={o.call.status} />}
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
            <BidFacts v={v} action={`${opportunityPath(profileId, o.id)}/facts`} facts={o} {...facts} />
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

/** Comments per page, the latest first. */
const COMMENTS = 30;

/** Input that failed validation, as typed, and the cursor into the thread. */
type Typed = Partial<Pick<OpportunityShown, 'facts' | 'milestones' | 'commentDraft' | 'taskDraft'>> & {
  earlier?: string | undefined;
};

@Injectable()
export class OpportunityScreen {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly planning: Planning,
    private readonly comments: Comments,
  ) {}

  async render(v: Viewer, profileId: string, id: string, { earlier, ...typed }: Typed = {}): Promise<string> {
    const opportunity = await this.pipeline.get(profileId, id);
    const [history, people, thread] = await Promise.all([
      this.pipeline.history(profileId, id),
      this.planning.peopleOf(profileId),
      this.comments.list(v.actor!, profileId, id, { limit: COMMENTS, cursor: earlier }),
    ]);
    const options = {
      title: bidTitle(opportunity),
      place: 'pipeline' as const,
      styles: ['pipeline'],
      wide: true,
    };
    return page(
      v,
      options,
      OpportunityPage({
        v,
        profileId,
        opportunity,
        history,
        people,
        thread: { ...thread, isLatest: earlier === undefined },
        facts: { typed: typedOf(opportunity), errors: {} },
        milestones: { lines: linesOf(opportunity.milestones), wrong: false },
        commentDraft: null,
        taskDraft: null,
        ...typed,
      }),
    );
  }
}
