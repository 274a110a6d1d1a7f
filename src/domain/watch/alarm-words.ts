/** What is known of a source whose state is told: how many calls it shows, and as of when; null where it was never read. */
export interface Knowledge { calls: number; lastGoodRunAt: Date | null }

/** What a state is called, what it means, and what somebody can do about it. `SOURCE` is replaced by the source's id. */
export interface StateWords { called: string; meaning: string; todo: string[] }

const TRY_NOW = 'To have it read now: POST /v1/sources/SOURCE/runs. It is tried again by itself, with pauses that grow to twelve hours.';

const SOURCE_WORDS: Record<string, StateWords> = {
  doubtful: {
    called: 'doubtful',
    meaning: 'It answers, but what it says does not add up, so nothing of it was believed.',
    todo: ['Most often the source was being changed just then, and the next reading agrees.', 'Where it stays so for a day, compare the reason above with the source’s own page.', TRY_NOW],
  },
  broken: {
    called: 'broken',
    meaning: 'What it sends is not in the form that the program knows: most likely its page or its interface was changed.',
    todo: [
      'The documents that it sent are kept. The reason above says which part was not understood.',
      'Update the program, or mend the parser in src/sources/SOURCE; then replay the kept documents: npm run cli -- reparse --source SOURCE',
    ],
  },
  blocked: {
    called: 'blocked',
    meaning: 'It refuses the program: a page that only a person can pass, or no access at all.',
    todo: [
      'Open it in a browser on the same network, to see whether it refuses the program or everybody.',
      'Name a contact in config/local.yaml (http.contact), ask less often in config/sources.yaml (requestsPerMinute, everyHours), and write to the people behind it.', TRY_NOW,
    ],
  },
  throttled: {
    called: 'throttled',
    meaning: 'It says that it is asked too often.',
    todo: ['Lower requestsPerMinute or raise everyHours of SOURCE in config/sources.yaml.', 'The program waits for as long as the source asks for.'],
  },
  unreachable: {
    called: 'unreachable',
    meaning: 'It does not answer, or only with errors of its own.',
    todo: ['Open it in a browser: where it is down for everybody, there is nothing to do but wait.', 'Where it is not, look at the network, the proxy and the name resolution of this machine.', TRY_NOW],
  },
  quiet: {
    called: 'quiet',
    meaning: 'It answers well, but has shown nothing new or changed for longer than it ever keeps silent.',
    todo: ['Compare it with the source’s own page: the list may have moved to another address, and this one be no longer kept up.'],
  },
};

const QUEUE_WORDS: Record<string, StateWords> = {
  late: {
    called: 'late',
    meaning: 'Its jobs wait and are not taken up. What they would bring (new calls, matches or mails) comes late.',
    todo: ['See whether workers run, and what their log says: node dist/worker.js, or docker compose ps worker.', 'Where they run and are busy, start more of them.', 'GET /v1/queues shows how it goes on.'],
  },
  long: {
    called: 'too long',
    meaning: 'More jobs come than are worked off. What they would bring (new calls, matches or mails) will come late.',
    todo: ['Start more workers, as docker compose up -d --scale worker=3 does, and look at the log for a job that fails again and again.', 'GET /v1/queues shows how it goes on.'],
  },
  stopped: {
    called: 'stopped',
    meaning: 'No worker runs that reaches the database and the queue. Until one does nothing is read, matched or mailed; what is stored stays and can be read.',
    todo: ['Start a worker: node dist/worker.js, or docker compose up -d worker. Where one runs, its log says what it cannot reach.', 'Whatever is due meanwhile is done when it is back; nothing is lost.'],
  },
};

/** A state that these words do not know is told by its name. */
export function wordsFor(state: string): StateWords {
  return SOURCE_WORDS[state] ?? QUEUE_WORDS[state] ?? { called: state, meaning: '', todo: [] };
}
