/**
 * PostgreSQL or the queue's Redis is stopped for a while and restarted: an API and two workers survive it.
 */
import { Postgres, RedisServer, pause } from '../servers.mjs';
import { Scene } from './scene.mjs';

async function through({ folder, asked, say }, { redis, stop, begin, saysAway }) {
  const scene = new Scene(folder, asked);
  try {
    const database = await Postgres.start(folder);
    scene.open.push(() => database.stop());
    const queue = redis ? await RedisServer.start(folder) : null;
    if (queue) scene.open.push(() => queue.stop());
    await scene.prepare(database, queue ? { REDIS_URL: queue.url } : {});
    await scene.programs.apart();
    await scene.inTheMiddle();
    say(`stopped for ${asked.seconds} s`);
    await stop({ database, queue });
    const from = Date.now();
    await pause(asked.seconds * 1_000);
    const to = Date.now();
    await begin({ database, queue });
    const back = await scene.mended();
    await scene.peace();
    const notes = await scene.notes();
    notes.wrong.push(...scene.watcher.unsaid(['metrics', saysAway]));
    // Requests made just as it stopped or came back may be answered either way.
    const during = [from + 4_000, to - 1_000];
    return {
      ...notes,
      ...back,
      said: scene.watcher.said(...during),
      slowestMs: scene.watcher.slowest(from, to),
      expected: {
        ready: scene.watcher.answers.filter(
          (a) => a.what === 'ready' && a.at >= during[0] && a.at <= during[1],
        ),
      },
    };
  } finally {
    await scene.end();
  }
}

const readyHasSaid = ({ expected: { ready } }) =>
  ready.length > 0 && ready.every((a) => a.status === 503)
    ? []
    : ['/health/ready did not say so all the time'];

const away = (part) => new RegExp(`^carnot_up\\{part="${part}"\\} 0$`, 'm');
const database = (mode) => ({
  stop: (s) => s.database.halt(mode),
  begin: (s) => s.database.begin(),
  saysAway: away('database'),
});
const queue = {
  stop: (s) => s.queue.stop('SIGTERM'),
  begin: (s) => s.queue.launch(),
  saysAway: away('queue'),
};

export const faults = {
  postgres: {
    run: (parts) => through(parts, { redis: true, ...database('fast') }),
    judge: readyHasSaid,
  },
  'postgres-queue': {
    run: (parts) => through(parts, { redis: false, ...database('immediate') }),
    judge: readyHasSaid,
  },
  redis: {
    run: (parts) => through(parts, { redis: true, ...queue }),
    judge: readyHasSaid,
  },
};
