import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Conflict, Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import { PersonRepository } from '../access/store/person.repository.js';
import type { Actor } from '../kernel/actor.js';
import { given } from '../kernel/collections.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import type { OpportunityView, TaskChange, TaskInput } from './api/opportunity-views.js';
import { MOST_TASKS, type Task } from './domain/tasks.js';
import { Pipeline } from './pipeline.js';

/**
 * The tasks of an opportunity and who is responsible. Each change adds a line to the history and can be
 * undone.
 */
@Injectable()
export class Tasks {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly people: PersonRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async add(actor: Actor, profileId: string, id: string, input: TaskInput): Promise<OpportunityView> {
    await this.checkPerson(profileId, input.personId);
    return this.change(actor, profileId, id, (tasks) => {
      if (tasks.length >= MOST_TASKS) throw new Conflict('most-tasks', { most: MOST_TASKS });
      return [...tasks, { ...input, id: randomUUID(), doneAt: null }];
    });
  }

  /** Fields left out are unchanged. */
  async put(
    actor: Actor,
    profileId: string,
    id: string,
    taskId: string,
    { done, ...fields }: TaskChange,
  ): Promise<OpportunityView> {
    await this.checkPerson(profileId, fields.personId ?? null);
    const now = this.clock.now().toISOString();
    return this.change(actor, profileId, id, (tasks) =>
      replaced(tasks, taskId, (task) => ({
        ...task,
        ...given(fields as Partial<Task>),
        doneAt: done === undefined ? task.doneAt : done ? (task.doneAt ?? now) : null,
      })),
    );
  }

  remove(actor: Actor, profileId: string, id: string, taskId: string): Promise<OpportunityView> {
    return this.change(actor, profileId, id, (tasks) => replaced(tasks, taskId, () => null));
  }

  private change(
    actor: Actor,
    profileId: string,
    id: string,
    next: (tasks: Task[]) => Task[],
  ): Promise<OpportunityView> {
    return this.pipeline.change(profileId, id, (state) => ({
      state: { ...state, tasks: next(state.tasks) },
      doing: this.pipeline.doing(actor, 'tasks', null),
    }));
  }

  private async checkPerson(profileId: string, personId: string | null): Promise<void> {
    if (personId === null) return;
    const people = await this.people.findByProfile(profileId);
    if (!people.some((p) => p.id === personId)) throw new Invalid([wrong(['personId'], 'not-a-person')]);
  }
}

/**
 * Returns the tasks with one replaced, or without it if `next` returns null. Throws if no task has this id.
 */
function replaced(tasks: Task[], id: string, next: (task: Task) => Task | null): Task[] {
  if (!tasks.some((t) => t.id === id)) throw new NotFound('no-task', { id });
  return tasks.flatMap((task) => (task.id === id ? (next(task) ?? []) : task));
}
