import { defer, lastValueFrom, retry, timer } from 'rxjs';
import { SECOND_MS } from '../../kernel/durations.js';

const LONGEST_WAIT_MS = 5 * SECOND_MS;
/**
 * About a quarter of an hour: longer than a database is away while it restarts, moves, or replays its log
 * after a crash.
 */
const MOST_TRIES = 180;

/**
 * Records that a message was sent, however long the database is away: a sent message without a record is sent
 * again once its sender is considered dead. While nobody can record it, nobody can take it over either.
 * Throws the last error if it cannot be recorded at all.
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
