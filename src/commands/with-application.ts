import type { INestApplicationContext } from '@nestjs/common';
import { startEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres.js';
import { build, end } from '../app/process.js';
import { readWiring } from '../app/wiring.js';

/** The application on the database that is named, or on the one that `npm start` brings; nothing of it works. */
export async function withApplication(use: (app: INestApplicationContext) => Promise<void>): Promise<void> {
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
