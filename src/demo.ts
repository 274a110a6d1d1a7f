import 'reflect-metadata';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readSampleCalls } from './demo/sample-calls.js';
import { recordsInTime } from './demo/sample-records.js';
import { startAll } from './app/all-in-one.js';
import { runProcess } from './app/failure.js';
import { CONFIG_FOLDER } from './app/wiring.js';
import { onSamples, welcomeSamplePeople } from './demo/sample-run.js';
import { startSamplePortal } from './demo/sample-portal.js';
import { partnerRecords } from './demo/sample-partners.js';

/** What an installation's environment, or a file that it names, must not lend to the samples. */
const REAL = ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'BACKUP_DIR', 'CLOCK'];

/**
 * `npm start` on the bundled samples: the same code, with a local server instead of the portal. It has its
 * own data, never a real database or mail server, and starts afresh each time, because the samples' dates
 * count from today.
 */
runProcess(async () => {
  const folder = join(process.env.DATA_DIR || '.', '.data-demo');
  const own = Object.entries(process.env).filter(([name]) => !REAL.includes(name.replace(/_FILE$/, '')));
  const { first, later } = recordsInTime(readSampleCalls(join(CONFIG_FOLDER, 'demo', 'calls')), new Date());
  const portal = await startSamplePortal({ records: first, partners: partnerRecords(first, new Date()) });
  // A demo that is still running or was killed has left this file; the start handles it.
  if (!existsSync(join(folder, 'running.pid'))) rmSync(folder, { recursive: true, force: true });
  await startAll(
    {
      ...Object.fromEntries(own),
      DATA_DIR: folder,
      SOURCES: 'funding-tenders',
      FUNDING_TENDERS_URL: portal.url,
    },
    {
      adjust: onSamples,
      ready: (app) => welcomeSamplePeople(app, () => portal.set({ records: later })),
    },
  );
});
