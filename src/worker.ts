import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { run } from './app/failure.js';
import { readWiring } from './app/wiring.js';

/** A worker: looks what is due and works off jobs. Any number of these may run. */
run(async () => {
  const wiring = await readWiring(process.env, 'worker');
  // Loaded only now: it takes seconds, and a mistake of the configuration is told at once.
  const { build, end, prepare, stopOnSignal, work } = await import('./app/process.js');
  const app = await build(wiring, false);
  stopOnSignal(() => end(app));
  await prepare(app, wiring);
  await work(app, wiring);
  for (const warning of wiring.env.warnings) new Logger('Start').warn(warning);
  new Logger('Start').log(`worker ready, queue on ${wiring.env.REDIS_URL ? 'Redis' : 'PostgreSQL'}`);
});
