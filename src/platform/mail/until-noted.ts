import { defer, lastValueFrom, retry, timer } from 'rxjs';
import { SECOND_MS } from '../../kernel/durations.js';

const LONGEST_WAIT_MS = 5 * SECOND_MS;
/**
 * About a quarter of an hour: longer than a database is away that is restarted, moved, or replays its log
 * after a crash.
 */
const MOST_TRIES = 180;

/**
 * Notes that a message has left, however long the database is away: what has left and is not noted leaves
 * again once its sender is taken for dead. While nobody can note it nobody can take it over either. Throws
 * the last error where it cannot be noted at all.
 */
export const untilNoted = (note: () => Promise<void>): Promise<void> =>
  lastValueFrom(
    defer(note).pipe(
      retry({
        count: MOST_TRIES - 1,
        delay: (_, tries) => timer(Math.min(tries * SECOND_MS, LONGEST_WAIT_MS)),
      }),
    ),
  );
