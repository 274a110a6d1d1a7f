import 'reflect-metadata';
import { runProcess } from './app/failure.js';

/** Everything in one process, with an embedded PostgreSQL if DATABASE_URL is not set. */
runProcess(async () => {
  const { startAll } = await import('./app/all-in-one.js');
  return startAll(process.env);
});
