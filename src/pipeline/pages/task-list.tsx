import { dayText, isoDay } from '../../ui/dates.js';
import { Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { OpportunityView } from '../api/opportunity-views.js';
import type { Person } from './milestones-form.js';
import { opportunityPath } from './stage-words.js';

type TaskView = OpportunityView['tasks'][number];
/** A task as typed; `id` is the task being edited, if any. */
export interface TaskDraft {
  id: string | null;
  text: string;
  personId: string;
  due: string;
}
export interface TasksShown {
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
        {v.actor?.writes && (
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
      {v.actor?.writes && (
        <details class="no-print" open={mine !== null}>
          <summary class="small" aria-label={v.t('tasks.change-one', { task: task.text })}>
            {v.t('tasks.change')}
          </summary>
          <form method="post" action={action}>
            <TaskFields v={v} people={people} draft={mine ?? draftOf(task)} wrong={mine !== null} />
            <div class="row">
              <button type="submit">{v.t('pipeline.save')}</button>
              <button type="submit" class="plain" formaction={`${action}/remove`} formnovalidate>
                {v.t('tasks.remove')}
              </button>
            </div>
          </form>
        </details>
      )}
    </li>
  );
}

/** The tasks of an opportunity, open ones first. */
export function TaskList(shown: TasksShown) {
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
      {v.actor?.writes && (
        <details class="no-print" open={isNew || opportunity.tasks.length === 0}>
          <summary>{v.t('tasks.new')}</summary>
          <form method="post" action={`${opportunityPath(profileId, opportunity.id)}/tasks`}>
            <TaskFields v={v} people={people} draft={isNew ? draft : NEW} wrong={isNew} />
            <p class="help">{v.t('tasks.help')}</p>
            <button type="submit">{v.t('tasks.add')}</button>
          </form>
        </details>
      )}
    </section>
  );
}
