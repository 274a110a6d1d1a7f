import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { runProcess, stopOnSignal } from './app/failure.js';
import { readWiring } from './app/wiring.js';

/** The API, on a PostgreSQL shared with the workers. Any number of these may run. */
runProcess(async () => {
  const wiring = await readWiring(process.env, 'api');
  // Loaded only here, because it takes seconds: configuration errors are reported at once.
  const [{ build, end, prepare, warm, startMonitoring }, { describe }, { announce }] = await Promise.all([
    import('./app/process.js'),
    import('./app/api.js'),
    import('./app/announce.js'),
  ]);
  const app = (await build(wiring, true)) as INestApplication;
  stopOnSignal(() => end(app));
  await prepare(app, wiring);
  describe(app);
  await app.listen(wiring.env.PORT, wiring.env.HOST);
  await announce(app, wiring.env);
  startMonitoring(app, wiring);
  warm(app);
});
