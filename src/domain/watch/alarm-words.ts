/** What is known of a source whose state is told: how many calls it shows, and as of when; null where it was never read. */
export interface Knowledge { calls: number; lastGoodRunAt: Date | null }

/** Something to do, and the command that does it: that stands on a line of its own, whole, to be copied. */
export interface Todo { say: string; run?: string }

/** What a state is called, what it means, and what somebody can do about it. `SOURCE` is replaced by the source's id. */
export interface StateWords { called: string; meaning: string; todo: Todo[] }

const TRY_NOW: Todo = { say: 'It is tried again by itself, with pauses that grow to twelve hours. To have it read now: POST /v1/sources/SOURCE/runs' };

const SOURCE_WORDS: Record<string, StateWords> = {
  doubtful: {
    called: 'doubtful',
    meaning: 'It answers, but what it says does not add up, so nothing of it was believed.',
    todo: [
      { say: 'Most often the source was being changed just then, and the next reading agrees.' },
      { say: 'Where it stays so for a day, compare the reason above with the source’s own page.' }, TRY_NOW,
    ],
  },
  broken: {
    called: 'broken',
    meaning: 'What it sends is not in the form that the program knows: most likely its page or its interface was changed.',
    todo: [
      { say: 'The documents that it sent are kept. The reason above says which part was not understood.' },
      { say: 'Update the program, or mend the parser in src/sources/SOURCE; then replay the kept documents. Where the program was unpacked, after Ctrl+C where npm start runs there:', run: 'npm run cli -- reparse --source SOURCE' },
      { say: 'or with docker compose exec worker in front of it, where it runs in containers:', run: 'node dist/cli.js reparse --source SOURCE' },
    ],
  },
  blocked: {
    called: 'blocked',
    meaning: 'It keeps the program out: a page that only a person can pass, a robots.txt that forbids it, or a certificate that is not valid.',
    todo: [
      { say: 'Open it in a browser on the same network, to see whether it refuses the program or everybody.' },
      { say: 'Name a contact in config/local.yaml (http.contact), ask less often in config/sources.yaml (requestsPerMinute, everyHours), and write to the people behind it.' },
      TRY_NOW,
    ],
  },
  refused: {
    called: 'refused',
    meaning: 'It answers 403: it knows the program by its headers or its address, and lets it read nothing.',
    todo: [
      { say: 'Ask it from here, and see what it refuses. Where the program was unpacked, or where it runs in containers:', run: 'npm run cli -- check-source SOURCE' },
      { say: 'or', run: 'docker compose exec worker node dist/cli.js check-source SOURCE' },
      { say: 'Set headers for SOURCE in config/sources.yaml (user-agent, referer, origin) and start again, or ask from another address.' },
      TRY_NOW,
    ],
  },
  throttled: {
    called: 'throttled',
    meaning: 'It says that it is asked too often.',
    todo: [
      { say: 'The program waits for as long as the source asks for, and tries again.' },
      { say: 'Where it comes again, lower requestsPerMinute or raise everyHours of SOURCE in config/sources.yaml.' },
    ],
  },
  unreachable: {
    called: 'unreachable',
    meaning: 'It does not answer, or only with errors of its own.',
    todo: [
      { say: 'Open it in a browser: where it is down for everybody, there is nothing to do but wait.' },
      { say: 'Where it is not, look at the network, the proxy and the name resolution of this machine.' }, TRY_NOW,
    ],
  },
  quiet: {
    called: 'quiet',
    meaning: 'It answers well, but has shown nothing new or changed for longer than it ever keeps silent.',
    todo: [
      { say: 'Compare it with the source’s own page: the list may have moved to another address, and this one be no longer kept up.' },
      { say: 'Where it is only a quiet time, acknowledge this alarm, or raise quietAfterDays of SOURCE in config/sources.yaml.' },
    ],
  },
};

const CHECK_WORDS: Record<string, StateWords> = {
  differs: {
    called: 'not as expected',
    meaning: 'It answers, and something that the program assumes of it is not so. What it says of calls may be incomplete, or read wrongly.',
    todo: [
      { say: 'See what differs, and what follows from each. Where the program was unpacked:', run: 'npm run cli -- check-source SOURCE' },
      { say: 'or where it runs in containers:', run: 'docker compose exec worker node dist/cli.js check-source SOURCE' },
      { say: 'Keep the answers as fixtures, and mend src/sources/SOURCE by them:', run: 'npm run cli -- check-source SOURCE --save answers' },
      { say: 'Where nothing needs to follow, acknowledge this alarm. It is asked again every week.' },
    ],
  },
};

const WATCH_IT: Todo = { say: 'See how it goes on: GET /v1/queues' };

const QUEUE_WORDS: Record<string, StateWords> = {
  late: {
    called: 'late',
    meaning: 'Its jobs wait and are not taken up. What they would bring (new calls, matches or mails) comes late.',
    todo: [
      { say: 'See whether workers run, and what they say:', run: 'docker compose logs --tail 50 worker' },
      { say: 'Where none runs, start one:', run: 'node dist/worker.js' },
      { say: 'Where they run and are busy, start more of them.' }, WATCH_IT,
    ],
  },
  long: {
    called: 'too long',
    meaning: 'More jobs come than are worked off. What they would bring (new calls, matches or mails) will come late.',
    todo: [
      { say: 'Start more workers:', run: 'docker compose up -d --scale worker=3' },
      { say: 'Look in their log for a job that fails again and again.' }, WATCH_IT,
    ],
  },
  stopped: {
    called: 'stopped',
    meaning: 'No worker runs that reaches the database and the queue. Until one does nothing is read, matched or mailed; what is stored stays and can be read.',
    todo: [
      { say: 'Start a worker, in a container or without:', run: 'docker compose up -d worker' },
      { say: 'or', run: 'node dist/worker.js' },
      { say: 'Where one runs, its log says what it cannot reach.' },
      { say: 'Whatever is due meanwhile is done when it is back; nothing is lost.' },
    ],
  },
};

/** A state that these words do not know is told by its name. */
export function wordsFor(state: string): StateWords {
  return SOURCE_WORDS[state] ?? CHECK_WORDS[state] ?? QUEUE_WORDS[state] ?? { called: state, meaning: '', todo: [] };
}
