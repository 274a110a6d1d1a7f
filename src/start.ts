import 'reflect-metadata';
import { run } from './app/failure.js';
import { startAll } from './app/all-in-one.js';

/** Everything in one process, with a PostgreSQL of its own where DATABASE_URL names none. */
run(() => startAll(process.env));
