import { storedText, translateTo } from '../../i18n/translate.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../kernel/durations.js';
import type { MessageKey } from '../../i18n/all.js';

/**
 * Subjects that are monitored: sources, queues, channels, disks, the database, backups, whether any worker
 * runs.
 */
export const WORKERS = 'workers';
export const DATABASE = 'database';
export const BACKUP = 'backup';
export const sourceSubject = (sourceId: string): string => `source/${sourceId}`;
/** The check of our assumptions about a source. */
export const checkSubject = (sourceId: string): string => `check/${sourceId}`;
/** Returns the id of the source whose state the subject is; null for other subjects. */
export const sourceOf = (subject: string): string | null =>
  subject.startsWith(sourceSubject('')) ? subject.slice(sourceSubject('').length) : null;
export const queueSubject = (queue: string): string => `queue/${queue}`;
/** What is sent by a channel. */
export const deliverySubject = (channel: string): string => `delivery/${channel}`;
export const diskSubject = (disk: 'data' | 'database'): string => `disk/${disk}`;

/** States that need no action. Any other is trouble and raises an alarm when first seen. */
export const GOOD_STATES = ['healthy', 'ok'];
export const isGood = (state: string): boolean => GOOD_STATES.includes(state);

/**
 * Trouble that hinders nothing yet: no news in a source, a form that may have changed, little space, no
 * backup, or one that is not proven.
 */
const HARMLESS = ['quiet', 'differs', 'nearly-full', 'overdue', 'unproven'];
/** Whether calls or messages may be late or missing in that state. */
export const hinders = (state: string): boolean => !isGood(state) && !HARMLESS.includes(state);

/** The state of a subject at `now`; `reason` explains it, or is null if there is nothing to say. */
export interface Observation {
  subject: string;
  state: string;
  reason: string | null;
  /** Since when it is in trouble, if that began before it could be noticed. */
  since?: Date | null;
  /**
   * How long it has to be well before the incident is over, if longer than for others: whatever is checked
   * seldom must not seem to recover for good between two checks.
   */
  calmMs?: number;
  /** Whether only some processes can see the trouble: another that does not see it does not end it. */
  partial?: boolean;
  now: Date;
}

/** The state before the first observation of a subject. */
export const UNKNOWN = 'new';

const UNITS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
] as const;

/** Returns a duration in its two largest units: "3 hours 12 minutes", "2 days"; or "less than a minute". */
export function durationInWords(ms: number): string {
  const at = UNITS.findIndex(([, size]) => ms >= size);
  const t = translateTo('en');
  if (at < 0) return t('duration.less');
  let rest = ms;
  const parts = UNITS.slice(at, at + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count ? t(`duration.${unit}`, { n: count }) : '';
  });
  return parts.filter(Boolean).join(' ');
}

/** What is known of a source: the number of calls it shows, and as of when; null if it was never read. */
export interface Knowledge {
  calls: number;
  lastGoodRunAt: Date | null;
}

/** Something to do and its command, which stays unbroken on its own line, so that it can be copied. */
export interface Todo {
  say: string;
  run?: string;
}

type TodoName<Key = MessageKey> = Key extends `alarm.todo.${infer Name}` ? Name : never;

const TEST_MAIL: { say: TodoName; run?: string }[] = [
  { say: 'test-mail', run: 'npm run cli -- test-mail you@example.org' },
  { say: 'in-containers', run: 'docker compose exec worker node dist/cli.js test-mail you@example.org' },
];

/** What to do about a state, in this order. `SOURCE` is replaced by the source's id. */
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
  failing: [{ say: 'see-answer' }, ...TEST_MAIL, { say: 'check-filters' }],
  incomplete: [
    { say: 'see-answer' },
    { say: 'send-given-up', run: 'npm run cli -- resume-sending --given-up' },
    { say: 'in-containers', run: 'docker compose exec worker node dist/cli.js resume-sending --given-up' },
    { say: 'next-digest' },
    { say: 'stopped-addresses' },
  ],
  hampered: [{ say: 'see-answer' }, { say: 'check-filters' }, ...TEST_MAIL],
  full: [{ say: 'free-space' }, { say: 'restart-postgres' }],
  'nearly-full': [{ say: 'free-space' }, { say: 'what-grows' }],
  unreadable: [{ say: 'open-folder' }],
  overdue: [{ say: 'backup-log' }, { say: 'back-up-now', run: 'npm run cli -- backup carnot.backup' }],
  unproven: [
    { say: 'try-backup', run: 'npm run cli -- restore --check carnot.backup' },
    { say: 'verify-audit', run: 'npm run cli -- audit verify' },
  ],
  away: [{ say: 'server-log' }, { say: 'database-caught-up' }],
  stopped: [
    { say: 'worker-anywhere', run: 'docker compose up -d worker' },
    { say: 'or', run: 'node dist/worker.js' },
    { say: 'worker-log' },
    { say: 'nothing-lost' },
  ],
};

/** E-mails to operators use the language of logs and commands. */
export const sayToOperators = translateTo('en');

/** The name of a state, or its code if unknown, and its meaning. */
export const calledState = (state: string): string => storedText('en', `alarm.called.${state}`, state);
export const meaningOfState = (state: string): string => storedText('en', `alarm.meaning.${state}`, '');

/** Returns what to do about the state of a source or another subject. */
export const todoFor = (state: string, source: string): Todo[] =>
  (REMEDIES[state] ?? []).map(({ say, run }) => ({
    say: sayToOperators(`alarm.todo.${say}`, { source }),
    ...(run !== undefined && { run: run.replaceAll('SOURCE', source) }),
  }));
