import 'reflect-metadata';
import { run } from './app/failure.js';

/** Everything in one process, with a PostgreSQL of its own where DATABASE_URL names none. */
run(async () => {
  const { startAll } = await import('./app/all-in-one.js');
  return startAll(process.env);
});
