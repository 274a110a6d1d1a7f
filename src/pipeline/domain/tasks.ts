import { z } from 'zod';
import { Day } from '../../kernel/brussels.js';

export const MOST_TASKS = 100;

export const Task = z.object({
  id: z.uuid(),
  text: z.string().trim().min(1).max(300),
  personId: z.uuid().nullable().describe('who is responsible'),
  due: Day.nullable(),
  doneAt: z.iso.datetime().nullable(),
});
export type Task = z.infer<typeof Task>;

/** Sorts open tasks first: nearest due day first, those without a day last; then those done. */
export const inOrder = (tasks: Task[]): Task[] =>
  [...tasks].sort(
    (a, b) =>
      Number(a.doneAt !== null) - Number(b.doneAt !== null) ||
      (a.due ?? '9').localeCompare(b.due ?? '9') ||
      (b.doneAt ?? '').localeCompare(a.doneAt ?? ''),
  );
