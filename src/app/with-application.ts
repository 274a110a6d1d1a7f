import type { INestApplicationContext } from '@nestjs/common';

/**
 * Runs with the application, without starting it, on the configured database or the embedded one of `npm
 * start`. It is imported on use, because it takes seconds: a mistyped command argument is reported at once.
 */
export async function withApplication(use: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const [{ build, end }, { readWiring }, { startEmbeddedPostgres }] = await Promise.all([
    import('./process.js'),
    import('./wiring.js'),
    import('../platform/database/embedded/embedded-postgres.js'),
  ]);
  const wiring = await readWiring({ LOG_LEVEL: 'error', ...process.env }, 'start');
  const embedded = wiring.env.DATABASE_URL ? null : await startEmbeddedPostgres(wiring.env.DATA_DIR);
  let app: INestApplicationContext | undefined;
  try {
    app = await build(
      { ...wiring, env: { ...wiring.env, DATABASE_URL: wiring.env.DATABASE_URL ?? embedded!.url } },
      false,
    );
    await use(app);
  } finally {
    if (app) await end(app);
    await embedded?.stop();
  }
}
