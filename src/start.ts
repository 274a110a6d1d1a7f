import 'reflect-metadata';
import { run } from './app/failure.js';
import { startAll } from './app/all-in-one.js';
import { readEnvironment } from './platform/config/environment.js';

/** Everything in one process, with a PostgreSQL of its own where DATABASE_URL names none. */
run(() => startAll(readEnvironment(process.env, 'start')));
