import { z } from 'zod';

export const MOST_TASKS = 100;

/** Something to be done for an opportunity. */
export const Task = z.object({
  id: z.uuid(),
  text: z.string().trim().min(1).max(300),
  personId: z.uuid().nullable().describe('who is responsible'),
  due: z.iso.date().nullable(),
  doneAt: z.iso.datetime().nullable(),
});
export type Task = z.infer<typeof Task>;

/** What is open before what is done; of what is open the nearest first, and behind it what has no day. */
export const inOrder = (tasks: Task[]): Task[] =>
  [...tasks].sort(
    (a, b) =>
      Number(a.doneAt !== null) - Number(b.doneAt !== null) ||
      (a.due ?? '9').localeCompare(b.due ?? '9') ||
      (b.doneAt ?? '').localeCompare(a.doneAt ?? ''),
  );
