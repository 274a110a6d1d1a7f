import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { announce } from './app/announce.js';
import { run } from './app/failure.js';
import { build, end, prepare, readWiring, stopOnSignal } from './app/process.js';
import { readEnvironment } from './platform/config/environment.js';

/** The API, on a PostgreSQL that it shares with the workers. Any number of these may run. */
run(async () => {
  const env = readEnvironment(process.env, 'api');
  const app = (await build(await readWiring(env, false), true)) as INestApplication;
  stopOnSignal(() => end(app));
  await prepare(app);
  await app.listen(env.PORT, env.HOST);
  await announce(app, env);
});
