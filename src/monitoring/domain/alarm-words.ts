/** What is known of a source whose state is told: how many calls it shows, and as of when; null where it was never read. */
export interface Knowledge {
  calls: number;
  lastGoodRunAt: Date | null;
}

/** Something to do, and the command that does it: that stands on a line of its own, whole, to be copied. */
export interface Todo {
  say: string;
  run?: string;
}

/** What a state is called, what it means, and what somebody can do about it. `SOURCE` is replaced by the source's id. */
export interface StateWords {
  called: string;
  meaning: string;
  todo: Todo[];
}

const TRY_NOW: Todo = {
  say: 'It is retried automatically, at intervals growing to twelve hours. To read it now: POST /v1/sources/SOURCE/runs',
};

const SOURCE_WORDS: Record<string, StateWords> = {
  doubtful: {
    called: 'doubtful',
    meaning: 'It answers, but its answers are contradictory, so none of them was accepted.',
    todo: [
      { say: 'Usually the source was being updated at that moment, and the next reading is consistent.' },
      { say: 'If it lasts for a day, compare the reason above with the source’s own page.' },
      TRY_NOW,
    ],
  },
  broken: {
    called: 'broken',
    meaning: 'What it sends is not in the expected format: its page or interface has probably changed.',
    todo: [
      { say: 'The documents it sent are kept. The reason above says which part was not understood.' },
      {
        say: 'Update the program, or fix the parser in src/harvest/sources/SOURCE; then replay the kept documents. In the program’s folder (stop npm start first):',
        run: 'npm run cli -- reparse --source SOURCE',
      },
      {
        say: 'or, in containers, after docker compose exec worker:',
        run: 'node dist/cli.js reparse --source SOURCE',
      },
    ],
  },
  blocked: {
    called: 'blocked',
    meaning: 'It blocks the program: with a browser check, a robots.txt rule, or an invalid certificate.',
    todo: [
      { say: 'Open it in a browser on the same network to see whether it blocks the program or everyone.' },
      {
        say: 'Name a contact in config/local.yaml (http.contact), read it less often in config/sources.yaml (requestsPerMinute, everyHours), and write to the operators of the site.',
      },
      TRY_NOW,
    ],
  },
  refused: {
    called: 'refused',
    meaning: 'It answers 403: it recognises the program by its headers or address and denies it access.',
    todo: [
      { say: 'Check what it refuses. In the program’s folder:', run: 'npm run cli -- check-source SOURCE' },
      { say: 'or, in containers:', run: 'docker compose exec worker node dist/cli.js check-source SOURCE' },
      {
        say: 'Set headers for SOURCE in config/sources.yaml (user-agent, referer, origin) and restart, or read it from another address.',
      },
      TRY_NOW,
    ],
  },
  throttled: {
    called: 'throttled',
    meaning: 'It says that we read it too often.',
    todo: [
      { say: 'The program waits as long as the source asks, then tries again.' },
      {
        say: 'If it happens again, lower requestsPerMinute or raise everyHours of SOURCE in config/sources.yaml.',
      },
    ],
  },
  unreachable: {
    called: 'unreachable',
    meaning: 'It does not respond, or only with errors.',
    todo: [
      { say: 'Open it in a browser: if it is down for everyone, all you can do is wait.' },
      { say: 'If it is not, check the network, the proxy and the name resolution of this machine.' },
      TRY_NOW,
    ],
  },
  quiet: {
    called: 'quiet',
    meaning: 'It answers normally, but nothing has been new or changed for longer than ever before.',
    todo: [
      {
        say: 'Compare it with the source’s own page: the list may have moved, and this address may no longer be updated.',
      },
      {
        say: 'If it is just a quiet period, acknowledge this alarm, or raise quietAfterDays of SOURCE in config/sources.yaml.',
      },
    ],
  },
};

const CHECK_WORDS: Record<string, StateWords> = {
  differs: {
    called: 'not as expected',
    meaning:
      'It answers, but one of the program’s assumptions about it is wrong. Calls may be incomplete or misread.',
    todo: [
      {
        say: 'See what differs and what it means. In the program’s folder:',
        run: 'npm run cli -- check-source SOURCE',
      },
      { say: 'or, in containers:', run: 'docker compose exec worker node dist/cli.js check-source SOURCE' },
      {
        say: 'Keep the answers as fixtures, and fix src/harvest/sources/SOURCE with them:',
        run: 'npm run cli -- check-source SOURCE --save answers',
      },
      { say: 'If nothing needs to be done, acknowledge this alarm. It is checked again every week.' },
    ],
  },
};

const FOLLOW_IT: Todo = { say: 'Follow its progress: GET /v1/queues' };

const QUEUE_WORDS: Record<string, StateWords> = {
  late: {
    called: 'late',
    meaning: 'Its jobs are waiting and not being processed. New calls, matches or e-mails will be late.',
    todo: [
      {
        say: 'Check whether workers are running, and what they log:',
        run: 'docker compose logs --tail 50 worker',
      },
      { say: 'If none is running, start one:', run: 'node dist/worker.js' },
      { say: 'If they are running and busy, start more.' },
      FOLLOW_IT,
    ],
  },
  long: {
    called: 'too long',
    meaning: 'Jobs arrive faster than they are processed. New calls, matches or e-mails will be late.',
    todo: [
      { say: 'Start more workers:', run: 'docker compose up -d --scale worker=3' },
      { say: 'Look in their log for a job that keeps failing.' },
      FOLLOW_IT,
    ],
  },
  stopped: {
    called: 'stopped',
    meaning:
      'No worker can reach the database and the queue. Until one does, nothing is read, matched or sent; stored data can still be viewed.',
    todo: [
      { say: 'Start a worker, in a container or without:', run: 'docker compose up -d worker' },
      { say: 'or:', run: 'node dist/worker.js' },
      { say: 'If one is running, its log says what it cannot reach.' },
      { say: 'Pending work is done when it is back; nothing is lost.' },
    ],
  },
};

/** A state that these words do not know is told by its name. */
export function wordsFor(state: string): StateWords {
  return (
    SOURCE_WORDS[state] ??
    CHECK_WORDS[state] ??
    QUEUE_WORDS[state] ?? { called: state, meaning: '', todo: [] }
  );
}
