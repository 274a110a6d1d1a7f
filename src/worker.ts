import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { run } from './app/failure.js';
import { build, end, prepare, readWiring, stopOnSignal, work } from './app/process.js';
import { readEnvironment } from './platform/config/environment.js';

/** A worker: looks what is due and works off jobs. Any number of these may run. */
run(async () => {
  const env = readEnvironment(process.env, 'worker');
  const wiring = await readWiring(env, true);
  const app = await build(wiring, false);
  stopOnSignal(() => end(app));
  await prepare(app);
  await work(app, wiring);
  for (const warning of env.warnings) new Logger('Start').warn(warning);
  new Logger('Start').log(`worker ready, queue on ${env.REDIS_URL ? 'Redis' : 'PostgreSQL'}`);
});
