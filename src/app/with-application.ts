import type { INestApplicationContext } from '@nestjs/common';
import { withDatabase } from './with-database.js';

/**
 * Runs with the application, without starting it, on the configured database or the embedded one, whether or
 * not the installation runs. It is imported on use, because it takes seconds: a mistyped command argument is
 * reported at once.
 */
export async function withApplication(use: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const [{ build, end }, { readWiring }] = await Promise.all([import('./process.js'), import('./wiring.js')]);
  const wiring = await readWiring({ LOG_LEVEL: 'error', ...process.env }, 'start');
  await withDatabase(wiring.env, async (url) => {
    let app: INestApplicationContext | undefined;
    try {
      app = await build({ ...wiring, env: { ...wiring.env, DATABASE_URL: url } }, false);
      await use(app);
    } finally {
      if (app) await end(app);
    }
  });
}
