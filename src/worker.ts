import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { runProcess, stopOnSignal } from './app/failure.js';
import { readWiring } from './app/wiring.js';

/** A worker: checks for due work and runs jobs. Any number of these may run. */
runProcess(async () => {
  const wiring = await readWiring(process.env, 'worker');
  // Loaded only here, because it takes seconds: configuration errors are reported at once.
  const [{ build, end, prepare, warmWorker, work }, { openWorkerPort }] = await Promise.all([
    import('./app/process.js'),
    import('./app/worker-port.js'),
  ]);
  const app = await build(wiring, false);
  const port = await openWorkerPort(app, wiring.env);
  stopOnSignal(async () => {
    await port?.close();
    await end(app);
  });
  await prepare(app, wiring);
  await work(app, wiring);
  for (const warning of wiring.env.warnings) new Logger('Start').warn(warning);
  const queue = wiring.env.REDIS_URL ? 'Redis' : 'PostgreSQL';
  new Logger('Start').log(`worker ready, queue on ${queue}${port ? `, metrics on port ${port.port}` : ''}`);
  // An error is told by the first job that needs the calls.
  warmWorker(app).catch(() => undefined);
});
