import { storedText, translateTo } from '../../i18n/translate.js';
import type { MessageKey } from '../../i18n/all.js';

/**
 * What is known of a source whose state is told: how many calls it shows, and as of when; null where it was
 * never read.
 */
export interface Knowledge {
  calls: number;
  lastGoodRunAt: Date | null;
}

/** Something to do, and the command that does it: that stands on a line of its own, whole, to be copied. */
export interface Todo {
  say: string;
  run?: string;
}

type TodoName<Key = MessageKey> = Key extends `alarm.todo.${infer Name}` ? Name : never;

/** What somebody can do about a state, in this order. `SOURCE` is replaced by the source's id. */
const REMEDIES: Record<string, { say: TodoName; run?: string }[]> = {
  doubtful: [{ say: 'wait-for-consistent' }, { say: 'compare-reason' }, { say: 'try-now' }],
  broken: [
    { say: 'documents-kept' },
    { say: 'fix-and-reparse', run: 'npm run cli -- reparse --source SOURCE' },
    { say: 'in-worker', run: 'node dist/cli.js reparse --source SOURCE' },
  ],
  blocked: [{ say: 'blocks-whom' }, { say: 'name-contact' }, { say: 'try-now' }],
  refused: [
    { say: 'check-refusal', run: 'npm run cli -- check-source SOURCE' },
    { say: 'in-containers', run: 'docker compose exec worker node dist/cli.js check-source SOURCE' },
    { say: 'set-headers' },
    { say: 'try-now' },
  ],
  throttled: [{ say: 'waits-as-asked' }, { say: 'read-less-often' }],
  unreachable: [{ say: 'down-for-everyone' }, { say: 'check-network' }, { say: 'try-now' }],
  quiet: [{ say: 'compare-list' }, { say: 'quiet-period' }],
  differs: [
    { say: 'see-differences', run: 'npm run cli -- check-source SOURCE' },
    { say: 'in-containers', run: 'docker compose exec worker node dist/cli.js check-source SOURCE' },
    { say: 'keep-answers', run: 'npm run cli -- check-source SOURCE --save answers' },
    { say: 'acknowledge-difference' },
  ],
  late: [
    { say: 'check-workers', run: 'docker compose logs --tail 50 worker' },
    { say: 'start-worker', run: 'node dist/worker.js' },
    { say: 'start-more' },
    { say: 'follow-progress' },
  ],
  long: [
    { say: 'more-workers', run: 'docker compose up -d --scale worker=3' },
    { say: 'failing-job' },
    { say: 'follow-progress' },
  ],
  stopped: [
    { say: 'worker-anywhere', run: 'docker compose up -d worker' },
    { say: 'or', run: 'node dist/worker.js' },
    { say: 'worker-log' },
    { say: 'nothing-lost' },
  ],
};

/** Mails to the operators are in the language of logs and commands. */
export const sayToOperators = translateTo('en');

/** What a state is called and what it means; one that these words do not know is called by its name. */
export const calledState = (state: string): string => storedText('en', `alarm.called.${state}`, state);
export const meaningOfState = (state: string): string => storedText('en', `alarm.meaning.${state}`, '');

/** What to do about a state of a source, or of something else. */
export const todoFor = (state: string, source: string): Todo[] =>
  (REMEDIES[state] ?? []).map(({ say, run }) => ({
    say: sayToOperators(`alarm.todo.${say}`, { source }),
    ...(run !== undefined && { run: run.replaceAll('SOURCE', source) }),
  }));
