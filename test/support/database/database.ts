import { randomBytes } from 'node:crypto';
import pg from 'pg';

const server = (): string => process.env['TEST_DATABASE_URL']!;

/** Returns the address of a database on the test server. */
function databaseUrl(name: string): string {
  const url = new URL(server());
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL']! });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

export interface TestDatabase {
  url: string;
  drop: () => Promise<void>;
}

async function made(from: string, name = `test_${randomBytes(6).toString('hex')}`): Promise<TestDatabase> {
  await onServer(`CREATE DATABASE ${name} OWNER ${new URL(server()).username}${from}`);
  return { url: databaseUrl(name), drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Creates an empty database; `drop` removes it along with any open connections. */
export const emptyDatabase = (name?: string): Promise<TestDatabase> => made('', name);

/** Creates a database with the current schema, copied from the template made by the test run. */
export const freshDatabase = (): Promise<TestDatabase> =>
  made(` TEMPLATE ${process.env['TEST_TEMPLATE']} STRATEGY FILE_COPY`);
