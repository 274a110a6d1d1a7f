import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { announce } from './app/announce.js';
import { run } from './app/failure.js';
import { build, end, prepare, stopOnSignal, warm, startMonitoring } from './app/process.js';
import { readWiring } from './app/wiring.js';

/** The API, on a PostgreSQL that it shares with the workers. Any number of these may run. */
run(async () => {
  const wiring = await readWiring(process.env, 'api');
  const app = (await build(wiring, true)) as INestApplication;
  stopOnSignal(() => end(app));
  await prepare(app, wiring);
  await app.listen(wiring.env.PORT, wiring.env.HOST);
  await announce(app, wiring.env);
  startMonitoring(app, wiring);
  warm(app);
});
